// The site's own server, asked as no browser would: what it hands on, and what it does not.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { ARTICLE } from '../newsroom.js';

/**
 * @param {import('./house.js').Checks} checks
 * @param {import('./house.js').Site} site
 */
export async function guard(checks, site) {
  const comments = `${site.url}/v1/articles/${ARTICLE}/comments`;
  const json = { 'content-type': 'application/json' };
  const comment = JSON.stringify({ author: { name: 'Mallory' }, body: 'From elsewhere.' });

  await checks.check('only what readers may ask goes through', async () => {
    for (const [method, path, status] of /** @type {const} */ ([
      ['POST', '/v1/articles', 405], ['DELETE', `/v1/articles/${ARTICLE}`, 405], ['PATCH', `/v1/articles/${ARTICLE}`, 405], ['PUT', '/v1/community-standards', 405],
      ['GET', '/v1/keys', 404], ['GET', '/v1/articles/../keys', 404], ['GET', '/v1/articles/%2e%2e/keys', 404], ['GET', '/v1/articles/..%2fkeys', 404],
      ['GET', '/metrics', 404], ['GET', '/v1/comments', 401], ['POST', '/', 405], ['GET', '//evil.example/', 404], ['GET', 'http://evil.example/v1/articles', 404],
      ['GET', '/../package.json', 404], ['GET', '/assets/../../package.json', 404], ['GET', '/index.html', 404], ['GET', '/articles/%ff', 404], ['HEAD', '/v1/articles', 200],
    ])) {
      assert.equal(await raw(site.url, `${method} ${path} HTTP/1.1`), status, `${method} ${path}`);
    }
  });

  await checks.check('a reader’s own key opens nothing', async () => {
    const headers = { authorization: `Bearer ${site.keys.admin}`, ...json };
    await fetch(`${site.api}/v1/articles`, { method: 'POST', headers, body: '{"title":"A draft nobody may see","slug":"hidden"}' });
    assert.equal((await fetch(`${site.url}/v1/articles/hidden`, { headers })).status, 404);
    assert.equal((await fetch(`${site.url}/v1/articles?status=draft`, { headers }).then((answer) => answer.json())).items.length, 0);
  });

  await checks.check('comments are taken from the site’s own pages, as JSON, and not without end', async () => {
    const send = (/** @type {Record<string, string>} */ headers, body = comment) => fetch(comments, { method: 'POST', headers, body });
    assert.equal((await send({ 'content-type': 'text/plain' })).status, 403);
    assert.equal((await send({ ...json, origin: 'https://evil.example' })).status, 403);
    assert.equal((await send({ ...json, origin: 'null' })).status, 403);
    assert.equal((await send({ ...json, origin: site.url }, `{"body":"${'x'.repeat(70_000)}"}`)).status, 413);
    assert.equal((await send({ ...json, origin: site.url }, '{"body":')).status, 400);
    assert.equal((await send({ ...json, origin: site.url, 'idempotency-key': 'guard-1' })).status, 201);
    assert.equal((await send({ ...json, origin: site.url, 'idempotency-key': 'guard-1' })).status, 201);
    const headers = { authorization: `Bearer ${site.keys.moderator}` };
    const { items } = await (await fetch(`${site.api}/v1/comments?author=Mallory`, { headers })).json();
    assert.equal(items.length, 1);
  });

  await checks.check('every answer has a policy; keys are in none', async () => {
    const pages = await Promise.all(['/', '/nowhere', '/v1/articles', `/articles/${ARTICLE}`].map((path) => fetch(site.url + path)));
    for (const answer of pages) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.doesNotMatch(await answer.text(), /onr_/);
    }
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await (await fetch(site.url)).text())?.[1];
    assert.doesNotMatch(await (await fetch(site.url + script)).text(), /onr_[0-9a-f]/);
  });
}

/**
 * The status of a request sent as it stands: `fetch` would tidy it up.
 * @param {string} url
 * @param {string} line
 * @returns {Promise<number>}
 */
function raw(url, line) {
  const { hostname, port, host } = new URL(url);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${line}\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`));
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer to ${line}`)));
    let answer = '';
    socket.on('data', (data) => { answer += data; });
    socket.on('error', fail);
    socket.on('close', () => done(Number(answer.slice(9, 12))));
  });
}
