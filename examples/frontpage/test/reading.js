// Readers: the front page, the article with its quotes, short links, tags, sound.
import assert from 'node:assert/strict';
import { ARTICLE, IMPORTED } from '../newsroom.js';
import { complete, open, settled, until } from './house.js';

/** @typedef {import('../src/schema.js').components['schemas']} Schemas */

/**
 * @param {import('./house.js').Checks} checks
 * @param {import('./house.js').Watch} watch
 * @param {import('./house.js').Site} site
 */
export async function read(checks, watch, site) {
  const page = await watch.window({ baseURL: site.url });
  /** @type {Schemas['Article']} */
  const article = await (await fetch(`${site.api}/v1/articles/${ARTICLE}`)).json();
  const path = `/articles/${ARTICLE}`;

  await checks.check('the front page leads with the newest story and lists the others', async () => {
    await open(page, '/');
    assert.equal(await page.locator('.lead h2').innerText(), article.title);
    assert.equal(await page.locator('.stories > li').count(), 3);
    await page.locator('.lead h2 a').click();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, path);
    assert.equal(await page.title(), `${article.title} · The Record`);
    await page.goBack();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, '/');
  });

  await checks.check('the article has its headline and its dates in GMT', async () => {
    await open(page, path);
    assert.equal(await page.locator('h1').innerText(), article.title);
    const source = page.locator('.source time');
    assert.equal(await source.innerText(), '17:23 GMT, 21 September 2020');
    assert.equal(await source.getAttribute('datetime'), '2020-09-21T17:23:00.000Z');
    const published = new Date(article.published_at ?? '');
    const clock = `${published.toISOString().slice(11, 16)} GMT, ${published.getUTCDate()} `;
    assert.ok((await page.locator('.published').innerText()).startsWith(`Published ${clock}`));
    assert.match(await page.locator('.source').innerText(), /^Source: CCTV/);
  });

  await checks.check('the whole text is there, paragraph by paragraph', async () => {
    const paragraphs = await page.locator('.body > p').allInnerTexts();
    assert.deepEqual(paragraphs, article.body_text.split('\n\n'));
    assert.equal(paragraphs.length, 12);
  });

  await checks.check('the five tags are there', async () => {
    const tags = await page.locator('.tags a').evaluateAll((links) => links.map((link) => link.textContent));
    assert.deepEqual(tags, ['security cooperation', 'economy', 'bilateral relations', 'Russia', 'China']);
  });

  await checks.check('quotes are marked in place, with exactly their words', async () => {
    assert.equal(article.quotes.length, 4);
    const points = Array.from(article.body_text);
    const marked = await page.locator('mark.quote').evaluateAll((marks) => marks.map((mark) => [mark.dataset['quotes'] ?? '', mark.textContent ?? '']));
    assert.equal(marked.length, 4);
    for (const quote of article.quotes) {
      const words = marked.filter(([id]) => id === quote.id).map(([, text]) => text).join('');
      assert.equal(words, points.slice(quote.anchor.start ?? 0, quote.anchor.end ?? 0).join(''));
      assert.equal(words.replaceAll('’', "'"), quote.text.replaceAll('’', "'"));
    }
    const after = await page.locator('mark.quote').first().evaluate((mark) => [mark.previousSibling?.textContent, mark.parentElement?.textContent]);
    assert.equal(after[0], '“');
  });

  await checks.check('quotes are marked in a text that makes it hard', async () => {
    const body = '<p>“We are <em>close</em> to a &amp; <a href="https://example.com">de</a>al 🤝,” the <b>minister</b> said.</p><ul><li>A cafe\u0301 first</li><li>second</li></ul>' +
      '<table><tr><td>one</td><td>two</td></tr></table><blockquote><p>Peace is not a document.</p> <p>It is a habit.</p></blockquote><pre>x\n  y 𝒛</pre><p>1<br>2\u00a03</p>';
    const texts = ['We are close to a & deal 🤝,', 'to a & de', 'café first', 'Peace is not a document. It is a habit.', 'y 𝒛'];
    const answer = await fetch(`${site.api}/v1/articles`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.keys.admin}`, 'content-type': 'application/json' },
      // Long ago, so that the front page has it last.
      body: JSON.stringify({ title: 'Hard to mark', slug: 'hard-to-mark', status: 'published', published_at: '2001-01-01T00:00:00Z', body, body_format: 'html', quotes: texts.map((text) => ({ text, speaker_name: 'Li Wei' })) }),
    });
    assert.equal(answer.status, 201, await answer.clone().text());
    /** @type {Schemas['Article']} */
    const hard = await answer.json();
    const points = Array.from(hard.body_text);
    await open(page, '/articles/hard-to-mark');
    const marked = await page.locator('mark.quote').evaluateAll((marks) => marks.map((mark) => [mark.dataset['quotes'] ?? '', mark.textContent ?? '']));
    const bare = (/** @type {string} */ text) => text.replace(/\s/gu, '');
    for (const quote of hard.quotes) {
      assert.equal(quote.anchor.status, 'anchored', quote.text);
      const words = marked.filter(([ids]) => ids?.split(' ').includes(quote.id)).map(([, text]) => text).join('');
      assert.equal(bare(words), bare(points.slice(quote.anchor.start ?? 0, quote.anchor.end ?? 0).join('')));
      assert.equal(bare(words), bare(quote.text));
    }
    await fetch(`${site.api}/v1/articles/hard-to-mark`, { method: 'DELETE', headers: { authorization: `Bearer ${site.keys.admin}` } });
    await open(page, path);
  });

  await checks.check('the speaker is told to the pointer and to the keyboard', async () => {
    const mark = page.locator('mark.quote').first();
    const bubble = page.locator('.speaker');
    assert.equal(await bubble.isVisible(), false);
    await mark.hover();
    assert.equal(await bubble.locator('strong').innerText(), 'Zhang Xin');
    assert.match(await bubble.innerText(), /researcher, School of Advanced International Studies at East China University/);
    await page.mouse.move(5, 5);
    await bubble.waitFor({ state: 'hidden' });
    await page.locator('.speakers ol a').nth(2).click();
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'a new quality of bilateral relations.');
    await bubble.waitFor();
    await page.keyboard.press('Escape');
    await bubble.waitFor({ state: 'hidden' });
    const described = await mark.evaluate((element) => element.ownerDocument.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent);
    assert.match(described ?? '', /^Said by Zhang Xin, researcher/);
  });

  await checks.check('the short URL is copied and leads back to the article', async () => {
    await open(page, path);
    await page.getByRole('button', { name: 'Get short URL' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const short = String(await page.evaluate('navigator.clipboard.readText()'));
    assert.equal(short, article.short_url);
    assert.match(short, new RegExp(`^${site.url}/s/[a-z0-9]+$`));
    await open(page, short);
    assert.equal(page.url(), `${site.url}${path}`);
    assert.equal(await page.locator('h1').innerText(), article.title);
  });

  await checks.check('an address the article has had leads to the one it has', async () => {
    const response = await open(page, `/articles/${IMPORTED}`);
    assert.equal(page.url(), `${site.url}${path}`);
    assert.equal((await response?.request().redirectedFrom()?.response())?.status(), 301);
  });

  await checks.check('the picture has its words and its place', async () => {
    await complete(page);
    const picture = page.locator('.page > figure img');
    assert.equal(await picture.getAttribute('alt'), article.image?.alt);
    assert.ok(await picture.evaluate((img) => img instanceof HTMLImageElement && img.complete && img.naturalWidth > 600 && img.width > 600));
    assert.match(await page.locator('.page > figure figcaption').innerText(), /Two banks, one bridge.*Drawing: Onrecord/s);
  });

  await checks.check('related stories lead there, headlines without an article wait', async () => {
    const related = page.locator('.related').first();
    assert.equal(await related.locator('li').count(), 5);
    assert.equal(await related.locator('a').count(), 2);
    assert.equal(await related.locator('.waiting').count(), 3);
    const more = page.locator('.related').nth(1);
    assert.match(await more.innerText(), /Also on security cooperation, bilateral relations/);
    await related.getByRole('link', { name: 'Western Route Gas Supply' }).click();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, '/articles/western-route-gas-supply');
  });

  await checks.check('a tag is followed to its stories', async () => {
    await open(page, path);
    await page.locator('.tags').getByRole('link', { name: 'bilateral relations' }).click();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, '/tags/bilateral-relations');
    assert.equal((await page.locator('h1').innerText()).toLowerCase(), 'bilateral relations');
    assert.equal(await page.locator('.stories > li').count(), 3);
    assert.equal(await page.locator('#sections [aria-current="page"]').innerText(), 'Bilateral relations');
  });

  await checks.check('Listen Live plays the stream, also on the next page', async () => {
    await open(page, path);
    /** @type {Schemas['StreamPage']} */
    const { items } = await (await fetch(`${site.api}/v1/streams?status=live`)).json();
    await page.getByRole('button', { name: 'Listen Live' }).click();
    const player = page.locator('#player audio');
    assert.equal(await player.getAttribute('src'), items[0]?.sources[0]?.url);
    await until('the stream plays', () => isPlaying(player));
    assert.match(await page.locator('#player').innerText(), /Record Radio.*Now: .*Next, \d\d:00 GMT: /s);
    await page.locator('#sections a').first().click();
    await settled(page);
    assert.equal(await player.count(), 1);
    await page.getByRole('button', { name: 'Close the player' }).click();
    assert.equal(await page.locator('#player').isVisible(), false);
  });

  await checks.check('the article can be listened to', async () => {
    await open(page, path);
    const audio = page.locator('.read-aloud audio');
    assert.equal(await audio.getAttribute('src'), article.audio?.url);
    await audio.evaluate(async (element) => { if (element instanceof HTMLMediaElement) await element.play(); });
    await until('the reading plays', () => isPlaying(audio));
  });

  await checks.check('what is not there is said, with the right status', async () => {
    watch.expected = /404/;
    for (const missing of ['/articles/no-such-story', '/tags/no-such-tag', '/nowhere', '/articles/a/b']) {
      const response = await open(page, missing);
      assert.equal(response?.status(), 404, missing);
      assert.equal(await page.locator('h1').innerText(), 'There is no such page');
    }
    watch.expected = null;
  });

  await checks.check('a server that does not answer is said, and asked again', async () => {
    watch.expected = /ERR_FAILED|Failed to load/;
    await open(page, '/');
    await page.route('**/v1/articles/**', (route) => route.abort());
    await page.locator('.lead h2 a').click();
    await page.getByRole('heading', { name: 'This page cannot be shown just now' }).waitFor();
    await page.unroute('**/v1/articles/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: article.title }).waitFor();
    watch.expected = null;
  });
  await page.context().close();
}

/** @param {import('playwright-core').Locator} player */
function isPlaying(player) {
  return player.evaluate((media) => media instanceof HTMLMediaElement && media.currentTime > 0.2);
}
