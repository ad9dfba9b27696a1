import { type ArticleSummary, api, given } from '../api';
import { when } from '../dates';
import { el } from '../dom';
import type { Page } from '../main';
import { picture } from '../picture';

/** The newest articles, the newest of all large. */
export async function homePage(): Promise<Page> {
  const { items, next_cursor } = await newest();
  const [lead, ...others] = items;
  return {
    title: 'The Record',
    content: el('div', { class: 'front' },
      el('h1', { class: 'unseen' }, 'The Record: the front page'),
      lead ? leadStory(lead) : el('p', { class: 'empty' }, 'Nothing has been published yet.'),
      lead ? list(others, next_cursor) : null),
  };
}

/** The newest articles with one tag. */
export async function tagPage(slug: string): Promise<Page> {
  const [tag, { items, next_cursor }] = await Promise.all([
    given(api.GET('/v1/tags/{tag}', { params: { path: { tag: slug } } })),
    newest(slug),
  ]);
  return {
    title: tag.name,
    path: `/tags/${tag.slug}`,
    content: el('div', { class: 'by-tag' },
      el('header', {},
        el('p', { class: 'kicker' }, 'On the subject'),
        el('h1', {}, tag.name),
        tag.description ? el('p', { class: 'standfirst' }, tag.description) : null),
      items.length ? list(items, next_cursor, tag.slug) : el('p', { class: 'empty' }, 'Nothing has been published on this yet.')),
  };
}

function newest(tag?: string, cursor?: string) {
  // A slug may hold a hyphen, never one of the signs of the tag grammar, so it is an expression by itself.
  const query = { limit: 13, ...(tag ? { tag } : {}), ...(cursor ? { cursor } : {}) };
  return given(api.GET('/v1/articles', { params: { query } }));
}

function leadStory(article: ArticleSummary): HTMLElement {
  return el('article', { class: 'lead', lang: article.language },
    article.image ? picture(article.image, '(min-width: 64rem) 46rem, 100vw', true) : null,
    el('div', {}, ...words(article)));
}

function list(articles: ArticleSummary[], cursor: string | null, tag?: string): HTMLElement {
  const items = el('ul', { class: 'stories' }, ...articles.map(story));
  const more = el('button', { type: 'button', class: 'more' }, 'More stories');
  const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
  more.addEventListener('click', async () => {
    if (!cursor) return;
    more.disabled = true;
    try {
      const page = await newest(tag, cursor);
      const added = page.items.map(story);
      items.append(...added);
      added[0]?.querySelector('a')?.focus();
      cursor = page.next_cursor;
      more.hidden = cursor === null;
      problem.hidden = true;
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
    }
    more.disabled = false;
  });
  more.hidden = cursor === null;
  return el('div', {}, items, problem, more);
}

function story(article: ArticleSummary): HTMLLIElement {
  return el('li', {},
    el('article', { lang: article.language },
      ...words(article),
      article.image ? picture(article.image, '(min-width: 64rem) 20rem, 100vw') : null));
}

function words(article: ArticleSummary): HTMLElement[] {
  const tag = article.tags[0];
  const { count } = article.comments;
  const lines = [
    el('h2', {}, el('a', { href: `/articles/${article.slug}` }, article.title)),
  ];
  if (tag) lines.unshift(el('p', { class: 'kicker' }, el('a', { href: `/tags/${tag.slug}` }, tag.name)));
  if (article.standfirst && article.standfirst !== article.title) lines.push(el('p', { class: 'standfirst' }, article.standfirst));
  lines.push(el('p', { class: 'fine' },
    article.published_at ? when(article.published_at) : null,
    count > 0 ? ` · ${count} ${count === 1 ? 'comment' : 'comments'}` : null));
  return lines;
}
