// What an editor does with the sample page once it has come in: a headline, a picture, the suggested quotes looked at and put on the
// record, community standards, a stream. Without it the front page would be as bare as the scrape.
import { readFile } from 'node:fs/promises';
import createClient from 'openapi-fetch';

/** The slug that the import made of the first sentence. */
export const IMPORTED = 'russia-and-china-are-eager-to-take-their-relationship-of-regional-security-to-a';
export const ARTICLE = 'russia-and-china-regional-security';

const STANDARDS = `Everybody is welcome to this discussion. Three rules hold here:

1. **Attack the argument, not the person.** No insults, no threats, no hatred.
2. **Stay with the subject.** Advertising and the same words many times over go.
3. **Say where you have it from.** What is false on purpose goes too.

A moderator reads comments before others do. Who rejects one says which of these rules it broke.`;

const OTHERS = [
  {
    title: 'Russia, China Support Talks of Gazprom, CNPC on Western Route Gas Supply',
    slug: 'western-route-gas-supply',
    standfirst: 'A sample story under one of the five headlines that the scraped page listed without an address.',
    body: 'The sample page named this headline among its related stories and gave no address for it. The link has waited since the import, and found this article by its title the moment it was published.\n\nWhoever follows it comes here; whoever asks the API `GET /v1/links?target=western-route-gas-supply` sees where it stands.',
    tags: ['economy', 'Russia', 'China', 'energy'],
    picture: { file: 'pipeline.jpg', alt: 'Drawing of a gas pipeline that crosses green hills', credit: 'Drawing: Onrecord' },
  },
  {
    title: "Xi Jinping to Address Ties With Russia, Global Affairs During Putin's Visit",
    slug: 'ties-with-russia',
    standfirst: 'Another of the five headlines, with nothing under it but this.',
    body: 'A sample story. Its tags make it a neighbour of the sample page, so that `GET /v1/articles/{article}/related` names each beside the other and says why.',
    tags: ['bilateral relations', 'Russia', 'China'],
  },
  {
    title: 'What a Regional Security Platform Would Have to Decide',
    slug: 'regional-security-platform',
    standfirst: 'A sample story that no editor linked: the API finds it by the tags it shares.',
    body: 'Nobody has linked this story to the sample page. It stands under *More on this* because both are about security cooperation and bilateral relations, and because few others are.',
    tags: ['security cooperation', 'bilateral relations'],
  },
];

/**
 * @param {string} url The API.
 * @param {string} token An admin's key.
 * @param {string} site Where the site is, which has the sounds.
 */
export async function edit(url, token, site) {
  /** @type {import('openapi-fetch').Client<import('./src/schema.js').paths>} */
  const api = createClient({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const json = { 'content-type': 'application/json' };

  for (const { picture, ...article } of OTHERS) {
    const image = picture ? await upload(url, token, picture) : undefined;
    given(await api.POST('/v1/articles', { body: { ...article, status: 'published', language: 'en', ...(image ? { image } : {}) } }));
  }

  const { items } = given(await api.GET('/v1/quotes', { params: { query: { state: 'suggested', limit: 100 } } }));
  for (const { id } of items) given(await api.PATCH('/v1/quotes/{quote_id}', { params: { path: { quote_id: id } }, body: { state: 'confirmed' } }));

  const image = await upload(url, token, {
    file: 'bridge.jpg',
    alt: 'Drawing of a bridge between two cities at sunrise',
    caption: 'Two banks, one bridge: the conference looks for a new quality of relations.',
    credit: 'Drawing: Onrecord',
  });
  given(await api.PATCH('/v1/articles/{article}', {
    params: { path: { article: IMPORTED } },
    body: {
      title: 'Russia and China Seek a New Level of Regional Security',
      slug: ARTICLE,
      standfirst: 'A conference in Moscow looks at what the two countries could do together for the regions around them.',
      language: 'en',
      // So that it leads: newest first, and the others have just been published.
      published_at: new Date().toISOString(),
      image,
      audio: { url: `${site}/sound/russia-and-china.mp3`, type: 'audio/mpeg', duration_seconds: 19 },
    },
  }));

  given(await api.PUT('/v1/community-standards', { body: { body: STANDARDS } }));

  const hour = 3_600_000;
  const from = Math.floor(Date.now() / hour) * hour;
  const at = (/** @type {number} */ hours) => new Date(from + hours * hour).toISOString();
  given(await api.PUT('/v1/streams/{stream}', {
    params: { path: { stream: 'record-radio' } },
    body: {
      name: 'Record Radio',
      description: 'The time signal, on the hour and whenever you like.',
      status: 'live',
      image,
      sources: [{ url: `${site}/sound/time-signal.mp3`, type: 'audio/mpeg', bit_rate: 32_000 }],
    },
  }));
  given(await api.PUT('/v1/streams/{stream}/schedule', {
    params: { path: { stream: 'record-radio' } },
    body: {
      from: at(0),
      to: at(48),
      programmes: Array.from({ length: 48 }, (_, index) => ({ title: index % 2 ? 'The World This Hour' : 'News on the Hour', starts_at: at(index), ends_at: at(index + 1) })),
    },
  }));

  /** @param {string} name @param {import('./src/schema.js').components['schemas']['Scope']} scope */
  const key = async (name, scope) => given(await api.POST('/v1/keys', { headers: json, body: { name, scopes: [scope] } })).token;
  return { comments: await key('front page', 'comments:write'), moderator: await key('front page moderator', 'comments:moderate') };
}

/**
 * A picture's file, then its words.
 * @param {string} url
 * @param {string} token
 * @param {{ file: string, alt: string, caption?: string, credit: string }} picture
 */
async function upload(url, token, { file, ...words }) {
  /** @type {import('openapi-fetch').Client<import('./src/schema.js').paths>} */
  const api = createClient({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const bytes = await readFile(new URL(`newsroom/${file}`, import.meta.url));
  const image = given(await api.POST('/v1/uploads', {
    headers: { 'content-type': 'application/octet-stream' },
    body: '',
    bodySerializer: () => bytes,
  }));
  given(await api.PATCH('/v1/images/{image_id}', { params: { path: { image_id: image.id } }, body: words }));
  return image.id;
}

/**
 * @template Data
 * @param {{ data?: Data, error?: unknown, response: Response }} answer
 * @returns {Data}
 */
function given({ data, error, response }) {
  if (data === undefined) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
  return data;
}
