// Drives the front page in headless Chromium, beside a real server on a fresh database: `node test/browser.js PATH/TO/onrecord FOLDER`.
// Screenshots go into FOLDER. Ends with one line, and with 1 when something has failed.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../start.js';
import { documents } from './documents.js';
import { guard } from './guarding.js';
import { Checks, Watch, launch } from './house.js';
import { look } from './looking.js';
import { read } from './reading.js';
import { talk } from './talking.js';

const MILLISECONDS_MAX = 600_000;

const [binary, pictures] = process.argv.slice(2);
if (!binary || !pictures) {
  console.error('usage: node test/browser.js PATH/TO/onrecord FOLDER');
  process.exit(2);
}

const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'onrecord-frontpage-'));
/** @type {(() => Promise<void>)[]} Undone last to first. */
const undo = [() => rm(folder, { recursive: true, force: true })];
/** @type {Promise<never>} */
const interrupted = new Promise((_, fail) => {
  setTimeout(() => fail(new Error(`not done after ${MILLISECONDS_MAX / 1000} s`)), MILLISECONDS_MAX).unref();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => fail(new Error(signal)));
});

async function run() {
  const site = await start({ binary: binary ?? '', folder, port: 0 });
  undo.push(site.stop);
  const browser = await launch();
  undo.push(() => browser.close());
  const watch = new Watch(browser, site.url);
  await read(checks, watch, site);
  await talk(checks, watch, site);
  await look(checks, watch, site, pictures ?? '');
  await guard(checks, site);
  await documents(checks, browser, site);
  await checks.check('no page logged an error, broke its policy or asked another server', async () => {
    assert.deepEqual(watch.mishaps, []);
  });
}

try {
  await Promise.race([run(), interrupted]);
} catch (error) {
  checks.tried += 1;
  checks.failed += 1;
  console.error(error);
}
for (const step of undo.reverse()) await step().catch((error) => { checks.failed += 1; console.error(error); });
const { tried, failed } = checks;
console.log(`browser: ${tried} tried, ${tried - failed} ok, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
