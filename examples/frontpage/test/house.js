// What the checks stand on: a browser, a fresh site and API behind it, and a list of what was tried.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Some of what a page may do wrong without anybody seeing it. @typedef {{ where: string, what: string }} Mishap */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ url: string, api: string, keys: { admin: string, comments: string, moderator: string } }} Site */

/** The program that draws the pages. */
function browserProgram() {
  const { CHROMIUM, PATH = '' } = process.env;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  const found = [...(CHROMIUM ? [CHROMIUM] : []), ...places, '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('Chromium is missing; CHROMIUM=PATH names one.');
  return found;
}

export function launch() {
  return chromium.launch({
    executablePath: browserProgram(),
    args: [
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      // Chromium's own sandbox does not start as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/** Counts what is tried; a check that fails does not stop the others. */
export class Checks {
  tried = 0;
  failed = 0;
  /** @param {string} name @param {() => Promise<void>} work */
  async check(name, work) {
    this.tried += 1;
    try {
      await work();
      console.log(`  ok      ${name}`);
    } catch (error) {
      this.failed += 1;
      console.log(`  FAILED  ${name}\n${String(error instanceof Error ? error.stack : error).replace(/^/gm, '          ')}`);
    }
  }
}

/**
 * Opens windows and watches them: what they log, ask for elsewhere, and how far their parts jump.
 */
export class Watch {
  /** @type {Mishap[]} */
  mishaps = [];
  /** @type {RegExp | null} What a check provokes on purpose. */
  expected = null;
  /** @param {import('playwright-core').Browser} browser @param {string} url */
  constructor(browser, url) {
    this.browser = browser;
    this.url = url;
  }

  /** @param {import('playwright-core').BrowserContextOptions} [options] @returns {Promise<Page>} */
  async window(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
    await context.addInitScript(() => {
      const page = /** @type {any} */ (globalThis);
      page.jumped = 0;
      new PerformanceObserver((list) => {
        for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) page.jumped += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      page.document.addEventListener('securitypolicyviolation', (/** @type {any} */ event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) this.note(page.url(), message.text()); });
    page.on('pageerror', (error) => this.note(page.url(), String(error)));
    page.on('request', (request) => { if (!request.url().startsWith(`${this.url}/`)) this.note(page.url(), `asks ${request.url()}`); });
    return page;
  }

  /** @param {string} where @param {string} what */
  note(where, what) {
    if (!this.expected?.test(what)) this.mishaps.push({ where, what });
  }
}

/** Waits until a page is drawn. @param {Page} page */
export async function settled(page) {
  await page.waitForSelector('main[aria-busy="false"]');
}

/** Waits until nothing more comes: sections, pictures, letters. @param {Page} page */
export async function complete(page) {
  await settled(page);
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => true)');
}

/** @param {Page} page @param {string} path */
export async function open(page, path) {
  const response = await page.goto(path);
  await settled(page);
  return response;
}

/**
 * Asks again until it is so. (Playwright's own way evaluates text as a script in the page, which the page's policy forbids.)
 * @param {string} what
 * @param {() => Promise<boolean>} isSo
 */
export async function until(what, isSo) {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((next) => setTimeout(next, 50))) if (await isSo()) return;
  throw new Error(`not within 10 s: ${what}`);
}
