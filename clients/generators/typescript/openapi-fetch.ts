// A round trip with openapi-fetch and the types of openapi-typescript, against the server at ONRECORD_URL.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/openapi-typescript/schema.js";

const TAG = "round-trip-typescript";
const client = createClient<paths>({
  baseUrl: process.env.ONRECORD_URL!,
  headers: { Authorization: `Bearer ${process.env.ONRECORD_KEY}` },
});

async function create(number: number): Promise<string> {
  const body: components["schemas"]["NewArticle"] = {
    title: `Round trip ${number} in TypeScript`,
    body: "“We see a clear trend.”",
    standfirst: "A lead.",
    status: "published",
    tags: [TAG, "Öffentlich"],
    quotes: [{ text: "We see a clear trend.", speaker_name: "Zhang Xin", kind: "full" }],
    links: [{ rel: "background", title: "Elsewhere", url: "https://news.example/elsewhere" }],
  };
  const { data, response } = await client.POST("/v1/articles", {
    params: { header: { "Idempotency-Key": `${TAG}-${number}` } },
    body,
  });
  assert.equal(response.status, 201);
  assert.ok(data && response.headers.has("location"));
  assert.equal(data.tags[0]?.slug, TAG);
  assert.equal(data.quotes[0]?.speaker?.name, "Zhang Xin");
  assert.equal(data.quotes[0]?.anchor.status, "anchored");
  assert.equal(data.links[0]?.rel, "background");
  return data.id;
}

async function listed(): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await client.GET("/v1/articles", {
      params: { query: { tag: TAG, limit: 2, order: "published_at", cursor } },
    });
    assert.ok(data && data.items.length <= 2);
    found.push(...data.items.map((article) => article.id));
    cursor = data.next_cursor ?? undefined;
  } while (cursor);
  return found;
}

const made: string[] = [];
for (let number = 0; number < 5; number++) made.push(await create(number));
assert.deepEqual(await listed(), made, "each article is on some page, once, in order");
const path = { article: made[0]! };

for (const standfirst of [null, "A lead again."]) {
  const { data } = await client.PATCH("/v1/articles/{article}", { params: { path }, body: { standfirst } });
  assert.equal(data?.standfirst, standfirst);
  assert.equal(data?.title, "Round trip 0 in TypeScript");
}

const refused = await client.POST("/v1/articles", { body: { title: "Refused", language: "no language" } });
assert.ok(refused.error);
assert.equal(refused.error.status, 422);
assert.equal(refused.error.code, "invalid-field");
assert.deepEqual(refused.error.errors.map((fault) => fault.pointer), ["/language"]);

const first = await client.GET("/v1/articles/{article}", { params: { path } });
const tag = first.response.headers.get("etag")!;
const again = await client.GET("/v1/articles/{article}", { params: { path, header: { "If-None-Match": tag } } });
assert.equal(again.response.status, 304);

for (const article of made) {
  const { response } = await client.DELETE("/v1/articles/{article}", { params: { path: { article } } });
  assert.equal(response.status, 204);
}
const gone = await client.GET("/v1/articles/{article}", { params: { path } });
assert.equal(gone.error?.code, "not-found");
console.log("typescript (openapi-fetch): created, listed, patched, refused, revalidated, deleted");
