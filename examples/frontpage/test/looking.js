// How it looks and how it is walked through: keyboard, light and dark, phone and desk, axe, screenshots.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ARTICLE } from '../newsroom.js';
import { complete, open } from './house.js';

const PATHS = ['/', '/tags/russia', `/articles/${ARTICLE}`, '/community-standards', '/moderation'];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/**
 * @param {import('./house.js').Checks} checks
 * @param {import('./house.js').Watch} watch
 * @param {import('./house.js').Site} site
 * @param {string} pictures The folder for screenshots.
 */
export async function look(checks, watch, site, pictures) {
  await mkdir(pictures, { recursive: true });
  const page = await watch.window({ baseURL: site.url });
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  await checks.check('everything is reached by keyboard, and the focus is seen', async () => {
    await open(page, `/articles/${ARTICLE}`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.className'), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    await page.reload();
    await open(page, `/articles/${ARTICLE}`);
    const reached = new Set();
    for (let step = 0; step < 120; step += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        return {
          what: element.tagName === 'MARK' ? 'quote' : element.closest('#sections, .thread, .write, .tags, .related, .speakers, footer')?.className || element.className || element.id || element.tagName,
          isSeen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && box.width > 0) || element.tagName === 'AUDIO',
        };
      });
      if (!stop) break;
      assert.ok(stop.isSeen, `the focus on ${stop.what} is not seen`);
      reached.add(stop.what);
    }
    for (const part of ['skip', 'live', 'short-url', 'quote', 'tags', 'related', 'speakers', 'write', 'thread']) assert.ok(reached.has(part), `${part} is not reached: ${[...reached].join(', ')}`);
  });

  await checks.check('landmarks, language and one headline on each page', async () => {
    for (const path of PATHS) {
      await open(page, path);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      for (const role of /** @type {const} */ (['banner', 'main', 'contentinfo'])) assert.equal(await page.getByRole(role).count(), 1, `${role} on ${path}`);
      assert.equal(await page.locator('h1').count(), 1, path);
    }
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [name, viewport] of /** @type {const} */ ([['phone', PHONE], ['desk', DESK]])) {
      const view = await watch.window({ baseURL: site.url, colorScheme, viewport });
      await checks.check(`${name}, ${colorScheme}: nothing axe calls serious, nothing jumps, nothing sticks out`, async () => {
        for (const path of PATHS) {
          await open(view, path);
          await complete(view);
          const ground = String(await view.evaluate('getComputedStyle(document.documentElement).backgroundColor'));
          const [red = 0] = ground.match(/\d+/g)?.map(Number) ?? [];
          assert.equal(red < 64, colorScheme === 'dark', `${path} is ${ground}`);
          const width = Number(await view.evaluate('document.documentElement.scrollWidth'));
          assert.ok(width <= viewport.width, `${path} is ${width} wide`);
          const jumped = Number(await view.evaluate('jumped'));
          assert.ok(jumped < 0.02, `${path} jumps by ${jumped}`);
          await view.evaluate(axe);
          const found = await view.evaluate(async () => {
            const { violations } = await /** @type {any} */ (globalThis).axe.run();
            return violations.map((/** @type {any} */ { id, impact, nodes }) => `${impact}: ${id}: ${nodes.map((/** @type {any} */ node) => node.html).join(' | ')}`);
          });
          assert.deepEqual(found.filter((/** @type {string} */ line) => /^(serious|critical)/.test(line)), [], path);
        }
      });
      await checks.check(`${name}, ${colorScheme}: screenshots`, async () => {
        const take = (/** @type {string} */ what) => view.screenshot({ path: join(pictures, `${what}-${name}-${colorScheme}.png`), animations: 'disabled' });
        await shoot(view, take);
      });
      await view.context().close();
    }
  }

  await checks.check('the narrowest phone', async () => {
    const view = await watch.window({ baseURL: site.url, viewport: { width: 320, height: 640 } });
    for (const path of PATHS) {
      await open(view, path);
      await complete(view);
      const width = Number(await view.evaluate('document.documentElement.scrollWidth'));
      assert.ok(width <= 320, `${path} is ${width} wide`);
    }
    await view.context().close();
  });
  await page.context().close();
}

/**
 * The front page, the article, the speaker of its first quote, and the discussion.
 * @param {import('./house.js').Page} page
 * @param {(what: string) => Promise<unknown>} take
 */
async function shoot(page, take) {
  await open(page, '/');
  await complete(page);
  await take('front');
  await open(page, `/articles/${ARTICLE}`);
  await complete(page);
  await take('article');
  const mark = page.locator('mark.quote').first();
  await mark.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await mark.focus();
  await page.locator('.speaker').waitFor();
  await take('quotes');
  await page.locator('#discussion').evaluate((element) => element.scrollIntoView());
  await take('discussion');
}
