// What no real server does when it is asked to: the network fails, answers are late, caches stand between.
import assert from "node:assert/strict";
import { test } from "node:test";
import { articles, changes, Connection, connect, etagOf, follow, Problem, StartOver } from "onrecord";

/** A connection that is answered from a list, and the requests it made. */
function answered(answers, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url, method: init.method, headers: init.headers, body: init.body });
    const answer = answers.shift();
    assert.ok(answer, `nobody expected ${init.method} ${url}`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { connection: new Connection({ url: "https://api.example/base/", key: "onr_x", fetch, ...options }), requests };
}
const json = (body, headers = {}, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const problem = (status, code, headers = {}) =>
  json({ type: "about:blank", title: code, status, code, detail: code, errors: [], request_id: "r" }, headers, status);

test("a list is asked for page by page, and only when one comes to it", async () => {
  const { connection, requests } = answered([
    json({ items: [{ slug: "a" }, { slug: "b" }], next_cursor: "c1", total: null }),
    json({ items: [{ slug: "c" }], next_cursor: null, total: null }),
  ]);
  const list = articles(connection).list({ tag: "russia|china", include: ["quotes", "body"], limit: undefined });
  assert.equal(requests.length, 0);
  const slugs = [];
  for await (const article of list) slugs.push(article.slug);
  assert.deepEqual(slugs, ["a", "b", "c"]);
  const queries = requests.map(({ url }) => new URL(url));
  assert.equal(queries[0].pathname, "/base/v1/articles");
  assert.deepEqual([...queries[0].searchParams], [["tag", "russia|china"], ["include", "quotes,body"]]);
  assert.equal(queries[1].searchParams.get("cursor"), "c1");
  assert.equal(requests[0].headers.get("authorization"), "Bearer onr_x");
});

test("what is in a path stays in its place", async () => {
  const { connection, requests } = answered([json({})]);
  await articles(connection).get("a/b?c#d");
  assert.equal(requests[0].url, "https://api.example/base/v1/articles/a%2Fb%3Fc%23d");
});

test("a read is tried again, a write only with a key that makes it safe", async () => {
  const passing = () => problem(503, "overloaded", { "retry-after": "0" });
  const { connection, requests } = answered([passing(), new TypeError("fetch failed"), json({ slug: "a" })]);
  assert.equal((await articles(connection).get("a")).slug, "a");
  assert.equal(requests.length, 3);

  const once = answered([passing()]);
  await assert.rejects(articles(once.connection).create({ title: "T" }), (error) => Problem.is(error, "overloaded"));
  const patched = answered([passing()]);
  await assert.rejects(articles(patched.connection).update("a", { title: "T" }), Problem);
  const keyed = answered([problem(409, "request-in-flight"), json({ slug: "a" }, {}, 201)]);
  await articles(keyed.connection).create({ title: "T" }, { idempotencyKey: "k" });
  assert.deepEqual(keyed.requests.map(({ headers }) => headers.get("idempotency-key")), ["k", "k"]);
});

test("trying again has an end", async () => {
  const gone = () => new TypeError("fetch failed");
  const thrice = answered([gone(), gone(), gone()]);
  await assert.rejects(articles(thrice.connection).get("a"), TypeError);
  assert.equal(thrice.requests.length, 3);
  const never = answered([gone()], { retries: 0 });
  await assert.rejects(articles(never.connection).get("a"), TypeError);
  const refused = answered([problem(404, "not-found")]);
  await assert.rejects(articles(refused.connection).get("a"), (error) => error.status === 404 && error.request_id === "r");
});

test("Retry-After is waited for, but not for long", async () => {
  const soon = answered([problem(429, "rate-limited", { "retry-after": "1" }), json({})]);
  const begun = Date.now();
  await articles(soon.connection).get("a");
  assert.ok(Date.now() - begun >= 990);
  const late = answered([problem(503, "read-only", { "retry-after": "31" })]);
  await assert.rejects(articles(late.connection).get("a"), (error) => error.retryAfter === 31);
  const date = new Date(Date.now() + 120_000).toUTCString();
  const dated = answered([problem(503, "read-only", { "retry-after": date })]);
  await assert.rejects(articles(dated.connection).get("a"), (error) => error.retryAfter > 100);
});

test("a signal ends the waiting", async () => {
  const { connection } = answered([problem(503, "overloaded", { "retry-after": "20" })]);
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 50);
  const begun = Date.now();
  await assert.rejects(articles(connection).get("a", { signal: stop.signal }), /enough/);
  assert.ok(Date.now() - begun < 5000);
});

test("what has not changed is not sent again", async () => {
  const { connection, requests } = answered([
    json({ slug: "a" }, { etag: '"1"' }),
    new Response(null, { status: 304, headers: { etag: '"1"' } }),
    json({ slug: "a", title: "New" }, { etag: '"2"' }),
  ]);
  const first = await articles(connection).get("a");
  first.slug = "spoiled by its holder";
  const second = await articles(connection).get("a");
  assert.equal(second.slug, "a");
  assert.equal(etagOf(second), '"1"');
  assert.equal((await articles(connection).get("a")).title, "New");
  assert.deepEqual(requests.map(({ headers }) => headers.get("if-none-match")), [null, '"1"', '"1"']);
});

test("only the newest answers are remembered", async () => {
  const answers = ["a", "b", "a"].map((slug) => json({ slug }, { etag: `"${slug}"` }));
  const { connection, requests } = answered(answers, { cache: 1 });
  for (const slug of ["a", "b", "a"]) await articles(connection).get(slug);
  assert.deepEqual(requests.map(({ headers }) => headers.get("if-none-match")), [null, null, null]);
});

test("what stands between and answers in HTML is a problem too", async () => {
  const html = () => new Response("<h1>Bad Gateway</h1>", { status: 502, headers: { "content-type": "text/html" } });
  const { connection } = answered([html()], { retries: 0 });
  await assert.rejects(articles(connection).get("a"), (error) => Problem.is(error) && error.status === 502 && error.code === "unknown");
});

test("following goes on where it was, through failures, and says when to start over", async () => {
  const change = (seq) => ({ type: "tag", seq, kind: "tag.updated" });
  const { connection, requests } = answered([
    json({ items: [change(6)], last_seq: 6, has_more: false }),
    problem(503, "unavailable"),
    json({ items: [], last_seq: 8, has_more: false }),
    json({ items: [change(9), change(10)], last_seq: 10, has_more: false }),
    problem(410, "gone"),
  ], { retries: 0 });
  const seen = [];
  await assert.rejects(async () => {
    for await (const { seq } of follow(connection, { after: 5, kind: ["tag.updated"] })) seen.push(seq);
  }, (error) => error instanceof StartOver && error.problem.code === "gone");
  assert.deepEqual(seen, [6, 9, 10]);
  assert.deepEqual(requests.map(({ url }) => new URL(url).searchParams.get("after")), ["5", "6", "6", "8", "10"]);
  assert.ok(requests.every(({ url }) => new URL(url).searchParams.get("wait") === "30"));
});

test("following from now on begins with the end of the log", async () => {
  const stream = new Response("retry: 2000\nid: 41\n\n", { headers: { "content-type": "text/event-stream" } });
  const { connection, requests } = answered([stream, json({ items: [{ seq: 42 }], last_seq: 42, has_more: false })]);
  for await (const change of follow(connection)) {
    assert.equal(change.seq, 42);
    break;
  }
  assert.deepEqual(requests.map(({ url }) => url.replace("https://api.example/base", "")), ["/v1/changes/stream", "/v1/changes?after=41&wait=30"]);
});

test("everything is there, and a part of it alone", () => {
  const all = connect({ url: "https://api.example" });
  assert.equal(typeof all.changes.follow, "function");
  assert.equal(typeof changes(all.connection).list, "function");
});
