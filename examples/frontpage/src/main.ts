import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-serif-4/wght-italic.css';
import './style.css';
import { Failed, type TagRef, api, given } from './api';
import { runClock } from './dates';
import { announce, byId, el } from './dom';
import { offerLive } from './listen';
import { articlePage } from './pages/article';
import { homePage, tagPage } from './pages/home';
import { moderationPage } from './pages/moderation';
import { standardsPage } from './pages/standards';

/** What stands in `<main>`; `path` when the page is really at another address than the one asked for. */
export interface Page {
  title: string;
  content: HTMLElement;
  path?: string;
}

const main = byId('main');
/** Counts the pages asked for: an answer that comes after the next question is dropped. */
let asked = 0;
let shownPath = '';

async function pageAt(path: string): Promise<Page> {
  const [, section = '', name = '', ...more] = path.split('/').map(decodeURIComponent);
  if (more.length === 0) {
    if (section === '') return homePage();
    if (section === 'articles' && name) return articlePage(name);
    if (section === 'tags' && name) return tagPage(name);
    if (section === 'community-standards' && !name) return standardsPage();
    if (section === 'moderation' && !name) return moderationPage();
  }
  throw new Failed(404, null);
}

async function show(scroll: number, isFirst = false): Promise<void> {
  const turn = ++asked;
  main.setAttribute('aria-busy', 'true');
  let page: Page;
  try {
    page = await pageAt(location.pathname);
  } catch (error) {
    page = failure(error);
  }
  // Set in other letters first, the page would jump when its own come; it does not wait for them for long.
  if (isFirst) await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 1000))]);
  if (turn !== asked) return;
  if (page.path && page.path !== location.pathname) history.replaceState(history.state, '', page.path + location.hash);
  shownPath = location.pathname;
  document.title = page.title === 'The Record' ? page.title : `${page.title} · The Record`;
  main.replaceChildren(page.content);
  main.setAttribute('aria-busy', 'false');
  markSection();
  if (isFirst && !location.hash) return;
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target) {
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  } else {
    scrollTo(0, scroll);
    main.focus({ preventScroll: true });
    announce(page.title);
  }
}

function failure(error: unknown): Page {
  const missing = error instanceof Failed && (error.status === 404 || error.status === 400);
  if (!(error instanceof Failed || error instanceof URIError)) console.error(error);
  if (missing || error instanceof URIError) {
    return {
      title: 'Not found',
      content: el('section', { class: 'notice' },
        el('h1', {}, 'There is no such page'),
        el('p', {}, 'It may have been taken down, or the address has a slip in it.'),
        el('p', {}, el('a', { href: '/' }, 'To the front page'))),
    };
  }
  const request = error instanceof Failed ? error.problem?.request_id : undefined;
  return {
    title: 'Not available',
    content: el('section', { class: 'notice' },
      el('h1', {}, 'This page cannot be shown just now'),
      el('p', { role: 'alert' }, error instanceof Failed ? error.message : 'Something went wrong on this page.'),
      request ? el('p', { class: 'fine' }, `Request ${request}`) : null,
      el('p', {}, el('button', { type: 'button', onclick: () => void show(0) }, 'Try again'))),
  };
}

function markSection(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#sections a')) {
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Links within the site change the page without loading it anew. */
function follow(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin || link.target || link.hash) return;
  // Short links and files are the server's.
  if (link.pathname.startsWith('/s/') || link.pathname.startsWith('/media/')) return;
  event.preventDefault();
  history.replaceState({ scroll: scrollY }, '');
  history.pushState({ scroll: 0 }, '', link.pathname);
  void show(0);
}

/** What the newest stories are about, the most frequent first: the list of all tags is in the order of their names. */
async function fillSections(): Promise<void> {
  const { items } = await given(api.GET('/v1/articles', { params: { query: { limit: 50, fields: ['tags'] } } }));
  const counts = new Map<string, { tag: TagRef; count: number }>();
  for (const tag of items.flatMap((article) => article.tags)) {
    counts.set(tag.id, { tag, count: (counts.get(tag.id)?.count ?? 0) + 1 });
  }
  const busiest = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, 6).map(({ tag }) => tag);
  byId('sections').replaceChildren(
    el('li', {}, el('a', { href: '/' }, 'Front page')),
    ...busiest.map((tag) => el('li', {}, el('a', { href: `/tags/${tag.slug}` }, tag.name))),
  );
  markSection();
}

history.scrollRestoration = 'manual';
addEventListener('popstate', (event: PopStateEvent) => {
  // A jump within the page comes here too.
  if (location.pathname === shownPath) return;
  const state: unknown = event.state;
  void show(typeof state === 'object' && state !== null && 'scroll' in state ? Number(state.scroll) : 0);
});
document.addEventListener('click', follow);
runClock(byId('clock'));
// The page is there without its sections and without the live button.
void fillSections().catch(() => undefined);
void offerLive(byId('on-air')).catch(() => undefined);
void show(0, true);
