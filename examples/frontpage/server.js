// Serves the built site, hands readers' questions on to the API, and posts comments with a key that no browser sees.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** How many bytes a body may have: the API takes comments of 10,000 characters. */
const BODY_BYTES_MAX = 64 * 1024;
const API_MILLISECONDS_MAX = 15_000;

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What goes through to the API: a method, a path, and whose key is sent. Everything else ends here. */
const NAME = '[^/?#]{1,600}';
const ROUTES = [
  { method: 'GET', path: /^\/v1\/(articles|tags|streams|community-standards)$/, key: 'none' },
  { method: 'GET', path: new RegExp(`^/v1/(articles|tags)/${NAME}$`), key: 'none' },
  { method: 'GET', path: new RegExp(`^/v1/articles/${NAME}/(related|comments)$`), key: 'none' },
  { method: 'GET', path: new RegExp(`^/(media|s)/${NAME}$`), key: 'none' },
  { method: 'POST', path: new RegExp(`^/v1/articles/${NAME}/comments$`), key: 'site' },
  { method: 'GET', path: /^\/v1\/comments$/, key: 'caller' },
  { method: 'POST', path: new RegExp(`^/v1/comments/${NAME}/decision$`), key: 'caller' },
];
const ASKED = ['accept', 'accept-encoding', 'content-type', 'idempotency-key', 'if-none-match', 'range'];
const ANSWERED = [
  'cache-control', 'content-encoding', 'content-length', 'content-range', 'content-type', 'accept-ranges', 'etag', 'last-modified',
  'link', 'location', 'retry-after', 'vary', 'x-request-id',
];

/**
 * @typedef {object} Settings
 * @property {URL} api Where the API is.
 * @property {string} key A key with the scope `comments:write`.
 */

/** @typedef {{ bytes: Buffer, type: string }} File */

/**
 * The site as a server that does not listen yet. The settings may come later, but before the first request.
 * @param {() => Settings} settings
 */
export function createSite(settings, folder = fileURLToPath(new URL('dist', import.meta.url))) {
  const files = read(folder);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response, settings(), files).catch((error) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else problem(response, 500, 'Something went wrong on this site.');
    });
  });
  return server;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Settings} settings
 * @param {Map<string, File>} files
 */
async function answer(request, response, { api, key }, files) {
  protect(response, api);
  const target = request.url ?? '/';
  // Not `new URL`: it would tidy up `..` and `//host`, and what was looked at would not be what is asked for.
  const path = target.split('?', 1)[0] ?? '/';
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const matching = ROUTES.filter((route) => route.path.test(path) && !isTricky(path));
  const route = matching.find((one) => one.method === method);
  if (route) {
    const authorization = route.key === 'site' ? `Bearer ${key}` : route.key === 'caller' ? request.headers.authorization : undefined;
    if (method === 'POST') {
      if (!isOwn(request)) return problem(response, 403, 'Comments are taken from this site’s own pages.');
      const body = await bodyOf(request);
      if (!body) {
        response.setHeader('connection', 'close');
        return problem(response, 413, `A body may have ${BODY_BYTES_MAX} bytes.`);
      }
      return pass(request, response, new URL(target, api), authorization, body);
    }
    return pass(request, response, new URL(target, api), authorization);
  }
  if (matching.length > 0 || method !== 'GET') {
    response.setHeader('allow', matching.length > 0 ? matching.map((one) => one.method).join(', ') : 'GET, HEAD');
    return problem(response, 405, 'That is not done here.');
  }
  const file = files.get(path);
  if (file && path !== '/index.html') {
    const keeps = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
    return give(request, response, 200, file, keeps);
  }
  if (path.startsWith('/v1/') || path.startsWith('/assets/')) return problem(response, 404, 'There is no such resource.');
  const page = await pageAt(path, api);
  if (page.location) {
    response.writeHead(301, { location: page.location }).end();
    return;
  }
  const shell = files.get('/index.html');
  if (shell) give(request, response, page.status, shell, 'no-cache');
}

/** Whether a path says something else than it seems to: dots that climb, a slash in disguise, what is no path at all. */
function isTricky(/** @type {string} */ path) {
  return /\/\.{1,2}(\/|$)|%2f|%5c|%2e|\\/i.test(path) || !path.startsWith('/') || path.startsWith('//');
}

/**
 * A browser names the page that sends; another site's page is refused, also because JSON from it would need a leave it never gets.
 * @param {import('node:http').IncomingMessage} request
 */
function isOwn(request) {
  const { origin, host } = request.headers;
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
  return isJson && (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host));
}

/**
 * The body, or null when there is more of it than may be.
 * @param {import('node:http').IncomingMessage} request
 */
async function bodyOf(request) {
  const chunks = [];
  let length = 0;
  // Left undestroyed, so that who sends too much can still be told.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Asks the API the same and gives its answer as it is, redirects too.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {URL} url
 * @param {string | undefined} authorization
 * @param {Buffer} [body]
 */
function pass(request, response, url, authorization, body) {
  /** @type {import('node:http').OutgoingHttpHeaders} */
  const headers = authorization ? { authorization } : {};
  for (const name of ASKED) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  if (body) headers['content-length'] = body.length;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const asked = send(url, { method: request.method, headers, signal: AbortSignal.timeout(API_MILLISECONDS_MAX) }, (answered) => {
    response.statusCode = answered.statusCode ?? 502;
    for (const name of ANSWERED) {
      const value = answered.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    answered.on('error', () => response.destroy());
    answered.pipe(response);
  });
  asked.on('error', () => {
    if (response.headersSent) response.destroy();
    else problem(response, 502, 'The API does not answer.');
  });
  response.on('close', () => asked.destroy());
  asked.end(body);
}

/**
 * The status of a page, so that who reads no script is told the truth too: what is missing is 404, what has moved is 301.
 * @param {string} path
 * @param {URL} api
 * @returns {Promise<{ status: number, location?: string }>}
 */
async function pageAt(path, api) {
  if (['/', '/community-standards', '/moderation'].includes(path)) return { status: 200 };
  const [, section, name] = /^\/(articles|tags)\/([^/]{1,600})$/.exec(path) ?? [];
  if (!section || !name || isTricky(path)) return { status: 404 };
  try {
    const url = new URL(`/v1/${section}/${name}`, api);
    const { status, headers } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(API_MILLISECONDS_MAX) });
    const moved = status === 301 ? /^\/v1(\/(?:articles|tags)\/[^/?#]+)$/.exec(headers.get('location') ?? '') : null;
    if (moved?.[1]) return { status: 301, location: moved[1] };
    return { status: status < 500 ? status : 503 };
  } catch {
    return { status: 503 };
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {URL} api
 */
function protect(response, api) {
  // Pictures may have the API's own address. Streams and readings are where broadcasters have them: sound cannot do anything here.
  const csp = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "connect-src 'self'",
    `img-src 'self' ${api.origin}`, `media-src 'self' ${api.origin} https:`,
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types onrecord',
  ].join('; ');
  response.setHeader('content-security-policy', csp);
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  response.setHeader('x-content-type-options', 'nosniff');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {File} file
 * @param {string} cacheControl
 */
function give(request, response, status, { bytes, type }, cacheControl) {
  const headers = { 'content-type': type, 'cache-control': cacheControl };
  // Players ask for a part of a sound, and some play nothing without one.
  const [, from, to] = /^bytes=(\d{1,9})-(\d{0,9})$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = Math.min(to ? Number(to) : bytes.length - 1, bytes.length - 1);
  const isPart = from !== undefined && start <= end;
  const part = isPart ? bytes.subarray(start, end + 1) : bytes;
  response.writeHead(isPart ? 206 : status, {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': part.length,
    ...(isPart ? { 'content-range': `bytes ${start}-${end}/${bytes.length}` } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} detail
 */
function problem(response, status, detail) {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title: detail, status, detail, errors: [] }));
}

/**
 * The files of the built site by their paths, read once.
 * @param {string} folder
 */
function read(folder) {
  /** @type {Map<string, File>} */
  const files = new Map();
  if (!existsSync(join(folder, 'index.html'))) throw new Error('The site has not been built: `make frontpage-built` does it.');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    if (type) files.set(`/${name.replaceAll('\\', '/')}`, { bytes: readFileSync(join(folder, name)), type });
  }
  return files;
}

/** Beside an API that runs already: `ONRECORD_API=… ONRECORD_COMMENTS_KEY=… node server.js`. */
function main() {
  const { ONRECORD_API = 'http://127.0.0.1:8080', ONRECORD_COMMENTS_KEY: key, PORT = '8090' } = process.env;
  if (!key) {
    console.error('ONRECORD_COMMENTS_KEY is missing: a key with the scope comments:write, as `onrecord keys create --name site --scope comments:write` makes it.');
    process.exit(1);
  }
  const api = new URL(ONRECORD_API);
  const site = createSite(() => ({ api, key }));
  site.listen(Number(PORT), '127.0.0.1', () => console.log(`The front page is at http://127.0.0.1:${PORT}/, from the API at ${api.origin}.`));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
