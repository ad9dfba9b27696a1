// The front page with a server of its own behind it: `node start.js PATH/TO/onrecord [FOLDER]`. `make frontpage` does so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { edit } from './newsroom.js';
import { createSite } from './server.js';

const SAMPLE = fileURLToPath(new URL('../seed/000_dc70cf76e71f894f.txt', import.meta.url));
const START_MILLISECONDS_MAX = 60_000;

/**
 * Starts both; the first start fills the folder with a database, pictures and keys.
 * The API knows itself by the site's address: short links and pictures are the site's, as readers want them.
 * @param {{ binary: string, folder: string, port: number }} options
 */
export async function start({ binary, folder, port }) {
  await mkdir(folder, { recursive: true });
  const kept = join(folder, 'keys.json');
  const isFirst = !existsSync(kept);
  const database = join(folder, 'onrecord.db');
  if (isFirst && existsSync(database)) throw new Error(`The first start in ${folder} did not come to its end. Remove that folder, then try again.`);

  /** @type {import('./server.js').Settings | null} */
  let settings = null;
  const site = createSite(() => {
    if (!settings) throw new Error('Not ready yet.');
    return settings;
  });
  site.listen(port, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('The site has no port.');
  const url = `http://127.0.0.1:${address.port}`;

  const server = serve(resolve(binary), [
    '--listen', '127.0.0.1:0', '--public-url', url, '--article-url', `${url}/articles/{slug}`,
    '--database', `sqlite:${database}`, '--media', join(folder, 'media'), '--sample', SAMPLE,
  ], isFirst);
  const stop = async () => {
    site.close();
    site.closeAllConnections();
    await server.stop();
  };
  try {
    const { api, admin } = await server.ready;
    if (isFirst) {
      const keys = await edit(api, admin, url);
      await writeFile(kept, JSON.stringify({ admin, ...keys }, null, 1), { mode: 0o600 });
    }
    /** @type {{ admin: string, comments: string, moderator: string }} */
    const keys = JSON.parse(await readFile(kept, 'utf8'));
    settings = { api: new URL(api), key: keys.comments };
    return { url, api, keys, stop, stopped: server.stopped };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * `onrecord serve`, and what it says of itself: where it listens, and on its first start an admin's key.
 * @param {string} binary
 * @param {string[]} options
 * @param {boolean} isFirst
 */
function serve(binary, options, isFirst) {
  const child = spawn(binary, ['serve', ...options, '--log', 'info', '--log-format', 'json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Settings of the caller's own are for a server of the caller's own.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONRECORD_'))),
  });
  // Whatever ends this process ends the server too.
  const orphaned = () => { child.kill('SIGTERM'); };
  process.once('exit', orphaned);
  let said = '';
  let logged = '';
  /** @type {Promise<number | null>} */
  const stopped = new Promise((done) => {
    child.on('error', (error) => { logged += error.message; done(null); });
    child.on('close', (code) => {
      process.off('exit', orphaned);
      done(code);
    });
  });
  /** @type {Promise<{ api: string, admin: string }>} */
  const ready = new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`${binary} has not started within a minute:\n${logged}`)), START_MILLISECONDS_MAX);
    const look = () => {
      const listen = /"listen":"([^"]+)"/.exec(logged)?.[1];
      const admin = /onr_[0-9a-f]{32}_[0-9a-f]{48}/.exec(said)?.[0] ?? '';
      if (!listen || (isFirst && !admin)) return;
      clearTimeout(late);
      done({ api: `http://${listen}`, admin });
    };
    child.stdout.on('data', (data) => { said += data; look(); });
    child.stderr.on('data', (data) => { logged += data; look(); });
    void stopped.then((code) => {
      clearTimeout(late);
      fail(new Error(`${binary} has stopped (${code}):\n${logged}`));
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await stopped;
    clearTimeout(hard);
  };
  return { ready, stop, stopped };
}

async function main() {
  const [binary, folder = 'target/frontpage'] = process.argv.slice(2);
  if (!binary) throw new Error('usage: node start.js PATH/TO/onrecord [FOLDER]');
  /** @type {() => Promise<void>} */
  let stop = () => process.exit(1);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
  const page = await start({ binary, folder, port: Number(process.env['PORT'] ?? 8090) });
  stop = page.stop;
  console.log(`
The front page is at      ${page.url}/
Comments are moderated at ${page.url}/moderation
with the key              ${page.keys.moderator}

Database, pictures and keys are in ${folder}. Ctrl-C stops it.
`);
  process.exitCode = (await page.stopped) ?? 1;
  await page.stop();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
