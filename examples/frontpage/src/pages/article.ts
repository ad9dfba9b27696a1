import { type Article, type Quote, type RelatedArticle, api, given } from '../api';
import { dayOf, duration, when } from '../dates';
import { announce, el, sanitised } from '../dom';
import { discussion } from '../discussion';
import type { Page } from '../main';
import { figure } from '../picture';
import { markQuotes, tellSpeakers } from '../quotes';

/** One article with all that stands around it. */
export async function articlePage(name: string): Promise<Page> {
  const params = { path: { article: name } };
  const [article, related, comments] = await Promise.all([
    given(api.GET('/v1/articles/{article}', { params })),
    // The article does without its neighbours, not the other way round.
    given(api.GET('/v1/articles/{article}/related', { params: { ...params, query: { limit: 6 } } })).catch(() => null),
    given(api.GET('/v1/articles/{article}/comments', { params: { ...params, query: { limit: 50 } } })).catch(() => null),
  ]);
  return {
    title: article.title,
    path: `/articles/${article.slug}`,
    content: el('article', { class: 'page', lang: article.language },
      head(article),
      article.image ? figure(article.image, '(min-width: 64rem) 46rem, 100vw') : null,
      el('div', { class: 'columns' },
        el('div', { class: 'text' },
          article.audio ? readAloud(article.audio) : null,
          text(article),
          tags(article)),
        el('aside', { 'aria-label': 'Beside this article' },
          speakers(article.quotes),
          links(article),
          alsoRelated(article, related?.items ?? []))),
      discussion(article, comments)),
  };
}

function head(article: Article): HTMLElement {
  const { source } = article;
  const kicker = article.tags[0];
  return el('header', {},
    kicker ? el('p', { class: 'kicker' }, el('a', { href: `/tags/${kicker.slug}` }, kicker.name)) : null,
    el('h1', {}, article.title),
    article.standfirst && article.standfirst !== article.title ? el('p', { class: 'standfirst' }, article.standfirst) : null,
    el('div', { class: 'byline' },
      el('p', {},
        article.authors.length ? el('span', { class: 'authors' }, `By ${article.authors.map(({ name }) => name).join(', ')}`) : null,
        article.published_at ? el('span', { class: 'published' }, 'Published ', when(article.published_at)) : null,
        source ? el('span', { class: 'source' }, 'Source: ',
          source.url ? el('a', { href: source.url, rel: 'noopener noreferrer' }, source.name) : source.name,
          ...(source.retrieved_at ? [', as of ', when(source.retrieved_at)] : [])) : null),
      shortUrl(article.short_url)));
}

/** Copies the short address; where that is not allowed it stands there to be copied by hand. */
function shortUrl(url: string): HTMLElement {
  const label = el('span', {}, 'Get short URL');
  const button = el('button', { type: 'button', class: 'short-url', title: url }, label);
  const field = el('input', { type: 'text', readonly: true, value: url, 'aria-label': 'Short URL', hidden: true });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(url);
      label.textContent = 'Copied';
      announce(`Copied ${url}`);
      setTimeout(() => { label.textContent = 'Get short URL'; }, 3000);
    } catch {
      field.hidden = false;
      field.select();
    }
  });
  return el('p', { class: 'tools' }, button, field);
}

function readAloud(audio: NonNullable<Article['audio']>): HTMLElement {
  return el('figure', { class: 'read-aloud' },
    el('figcaption', {}, 'Listen to this article', audio.duration_seconds ? el('span', { class: 'fine' }, ` · ${duration(audio.duration_seconds)}`) : null),
    el('audio', { controls: true, preload: 'none', src: audio.url, 'aria-label': 'This article, read aloud' }),
    audio.transcript ? el('details', {}, el('summary', {}, 'Transcript'), el('p', { class: 'transcript' }, audio.transcript)) : null);
}

function text(article: Article): HTMLElement {
  const body = sanitised('div', 'body', article.body_html);
  if (article.dateline) body.querySelector('p')?.setAttribute('data-dateline', article.dateline);
  const marks = markQuotes(body, article.body_text, article.quotes);
  tellSpeakers(body, marks, article.quotes);
  // What is wider than the page scrolls by itself, and by keyboard.
  for (const table of body.querySelectorAll('table, pre')) {
    const frame = el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': table.tagName === 'PRE' ? 'Text as it was set' : 'Table' });
    table.replaceWith(frame);
    frame.append(table);
  }
  return body;
}

function tags(article: Article): HTMLElement | null {
  if (article.tags.length === 0) return null;
  return el('nav', { class: 'tags', 'aria-label': 'Tags' },
    el('ul', {}, ...article.tags.map((tag) => el('li', {}, el('a', { href: `/tags/${tag.slug}`, rel: 'tag' }, tag.name)))));
}

/** Everybody quoted, each with the places where they speak. */
function speakers(quotes: Quote[]): HTMLElement | null {
  if (quotes.length === 0) return null;
  const byName = new Map<string, Quote[]>();
  for (const quote of quotes) {
    const name = quote.speaker?.name ?? quote.speaker_name ?? 'Unnamed speaker';
    byName.set(name, [...(byName.get(name) ?? []), quote]);
  }
  return el('section', { class: 'speakers' },
    el('h2', {}, 'On the record'),
    el('ul', {}, ...[...byName].map(([name, said]) => {
      const about = [said[0]!.role, said[0]!.affiliation].filter(Boolean).join(', ');
      return el('li', {},
        el('strong', {}, name),
        about ? el('span', { class: 'fine' }, about) : null,
        el('ol', {}, ...said.map((quote) => el('li', {}, quote.anchor.status === 'anchored'
          ? el('a', { href: `#quote-${quote.id}` }, shortened(quote.text))
          : shortened(quote.text)))));
    })));
}

function shortened(words: string): string {
  const short = words.split(/\s+/u).slice(0, 9).join(' ');
  return `“${short.replace(/[\s,;:.!?…]+$/u, '')}${short.length < words.length ? '…' : ''}”`;
}

/** The editor's links: to articles here, to elsewhere, or a headline that waits for its article. */
function links(article: Article): HTMLElement | null {
  if (article.links.length === 0) return null;
  return el('section', { class: 'related' },
    el('h2', {}, 'Related'),
    el('ul', {}, ...article.links.map(({ title, url, target }) => {
      if (target) return el('li', {}, el('a', { href: `/articles/${target.slug}` }, title ?? target.title));
      if (url) return el('li', {}, el('a', { href: url, rel: 'noopener noreferrer' }, title ?? url));
      return el('li', { class: 'waiting' }, title);
    })));
}

/** What the API finds besides, with its reason. */
function alsoRelated(article: Article, related: RelatedArticle[]): HTMLElement | null {
  const linked = new Set(article.links.map(({ target }) => target?.id));
  const others = related.filter((item) => !linked.has(item.article.id));
  if (others.length === 0) return null;
  return el('section', { class: 'related' },
    el('h2', {}, 'More on this'),
    el('ul', {}, ...others.map(({ article: other, reason, tags: shared, people }) => {
      const names = reason === 'people' ? people.map(({ name }) => name) : shared.map(({ name }) => name);
      return el('li', {},
        el('a', { href: `/articles/${other.slug}` }, other.title),
        el('span', { class: 'fine' },
          names.length ? `${reason === 'people' ? 'Also with' : 'Also on'} ${names.slice(0, 3).join(', ')}` : null,
          names.length && other.published_at ? ' · ' : null,
          other.published_at ? dayOf(other.published_at) : null));
    })));
}
