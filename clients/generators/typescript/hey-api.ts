// The same round trip with the client that @hey-api/openapi-ts makes.
import assert from "node:assert/strict";
import { client } from "./generated/hey-api/client.gen.js";
import {
  createArticle,
  deleteArticle,
  getArticle,
  listArticles,
  updateArticle,
} from "./generated/hey-api/sdk.gen.js";
import type { NewArticle } from "./generated/hey-api/types.gen.js";

const TAG = "round-trip-hey-api";
client.setConfig({ baseUrl: process.env.ONRECORD_URL!, auth: () => process.env.ONRECORD_KEY! });

async function create(number: number): Promise<string> {
  const body: NewArticle = {
    title: `Round trip ${number} in TypeScript`,
    body: "“We see a clear trend.”",
    standfirst: "A lead.",
    status: "published",
    tags: [TAG, "Öffentlich"],
    quotes: [{ text: "We see a clear trend.", speaker_name: "Zhang Xin", kind: "full" }],
    links: [{ rel: "background", title: "Elsewhere", url: "https://news.example/elsewhere" }],
  };
  const { data, response } = await createArticle({ body, headers: { "Idempotency-Key": `${TAG}-${number}` } });
  assert.equal(response?.status, 201);
  assert.equal(data?.tags[0]?.slug, TAG);
  assert.equal(data?.quotes[0]?.anchor.status, "anchored");
  return data!.id;
}

async function listed(): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await listArticles({ query: { tag: TAG, limit: 2, order: "published_at", cursor } });
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
  const { data } = await updateArticle({ path, body: { standfirst } });
  assert.equal(data?.standfirst, standfirst);
}

const refused = await createArticle({ body: { title: "Refused", language: "no language" } });
assert.ok(refused.error);
assert.equal(refused.error.status, 422);
assert.deepEqual(refused.error.errors.map((fault) => fault.pointer), ["/language"]);

const first = await getArticle({ path });
const tag = first.response?.headers.get("etag")!;
const again = await getArticle({ path, headers: { "If-None-Match": tag } });
assert.equal(again.response?.status, 304);

for (const article of made) {
  const { response } = await deleteArticle({ path: { article } });
  assert.equal(response?.status, 204);
}
const gone = await getArticle({ path });
assert.equal(gone.error?.code, "not-found");
console.log("typescript (@hey-api/openapi-ts): created, listed, patched, refused, revalidated, deleted");
