// The pages that the API itself serves below /docs/: the API browser and the guides.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Watch } from './house.js';

const DRAWN_MILLISECONDS_MAX = 60_000;

/**
 * @param {import('./house.js').Checks} checks
 * @param {import('playwright-core').Browser} browser
 * @param {import('./house.js').Site} site
 */
export async function documents(checks, browser, site) {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const watch = new Watch(browser, site.api);

  await checks.check('/docs/ draws every operation, and one is tried with the example of the document', async () => {
    const page = await watch.window();
    await page.goto(`${site.api}/docs/`);
    await page.waitForSelector('.opblock', { timeout: DRAWN_MILLISECONDS_MAX });
    const document = await (await fetch(`${site.api}/openapi.json`)).json();
    const operations = Object.values(document.paths).flatMap((item) => Object.keys(item).filter((key) => ['get', 'post', 'put', 'patch', 'delete'].includes(key)));
    assert.equal(await page.locator('.opblock').count(), operations.length);
    const list = page.locator('#operations-tags-listTags');
    await list.locator('button.opblock-summary-control').click();
    await list.locator('button.execute').click();
    await list.locator('.live-responses-table .response-col_status').filter({ hasText: '200' }).waitFor();
    await page.context().close();
  });

  await checks.check('/docs/ leads to each guide, and back', async () => {
    const page = await watch.window();
    await page.goto(`${site.api}/docs/`);
    const guides = await page.locator('header details[open] a').evaluateAll((links) => links.map((link) => link.textContent ?? ''));
    assert.ok(guides.length >= 6);
    for (const guide of guides) {
      await page.locator('header').getByRole('link', { name: guide, exact: true }).click();
      await page.locator('main h1').filter({ hasText: guide }).waitFor();
      await page.locator('header').getByRole('link', { name: 'Onrecord', exact: true }).click();
      await page.waitForURL(`${site.api}/docs/`);
    }
    await page.context().close();
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
      await checks.check(`the guides, ${colorScheme}, ${viewport.width} wide: nothing axe calls serious, nothing sticks out`, async () => {
        const page = await watch.window({ colorScheme, viewport, bypassCSP: true });
        for (const path of ['tutorial', 'guides/filter', 'reference/errors', 'explanations/anchors']) {
          await page.goto(`${site.api}/docs/${path}`);
          const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
          assert.equal(ground, colorScheme === 'dark' ? 'rgb(22, 22, 26)' : 'rgb(255, 255, 255)');
          assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${path} is wider than the window`);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
          const serious = violations.filter((/** @type {any} */ it) => ['serious', 'critical'].includes(it.impact));
          assert.deepEqual(serious.map((/** @type {any} */ it) => [path, it.id, it.nodes[0]?.html]), []);
        }
        await page.context().close();
      });
    }
  }

  await checks.check('/docs/ is dark where that is asked for', async () => {
    const page = await watch.window({ colorScheme: 'dark' });
    await page.goto(`${site.api}/docs/`);
    await page.waitForSelector('.opblock', { timeout: DRAWN_MILLISECONDS_MAX });
    // The lightest of what a word and its ground are made of: the word is light, the ground is not.
    const [word, ground] = /** @type {number[]} */ (await page.locator('.opblock-tag').first().evaluate((tag) =>
      [getComputedStyle(tag).color, getComputedStyle(tag.ownerDocument.documentElement).backgroundColor]
        .map((colour) => Math.max(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number)))));
    assert.ok(word !== undefined && ground !== undefined && word > 180 && ground < 80, `${word} on ${ground}`);
    await page.context().close();
  });

  await checks.check('no page of the documentation logged an error, broke its policy or asked another server', async () => {
    assert.deepEqual(watch.mishaps, []);
  });
}
