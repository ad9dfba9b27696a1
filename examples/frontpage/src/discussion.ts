import { type Article, type Comment, type CommentPage, Failed, api, attempt, given } from './api';
import { when } from './dates';
import { el, sanitised } from './dom';

/** Replies end here: the API refuses deeper ones. */
const DEPTH_MAX = 8;

/** The discussion of an article: what readers said, in threads, and a form to join them. */
export function discussion(article: Article, page: CommentPage | null): HTMLElement | null {
  const { policy, count } = article.comments;
  if (policy === 'off') return null;
  const isOpen = policy === 'open';
  const thread = el('ol', { class: 'thread' });
  const add = (comments: Comment[]) => thread.append(...comments.map((comment) => entry(article, comment, isOpen)));
  add(page?.items ?? []);
  const nobody = page?.items.length === 0 && isOpen ? el('p', { class: 'empty' }, 'Nobody has said anything yet.') : null;
  return el('section', { class: 'discussion', id: 'discussion' },
    el('h2', {}, 'Discussion', count > 0 ? el('span', { class: 'count' }, ` ${count}`) : null),
    el('p', { class: 'fine' }, 'The ', el('a', { href: '/community-standards' }, 'community standards'), ' hold here, and moderators see to it.'),
    isOpen ? form(article, null, (comment) => {
      nobody?.remove();
      add([comment]);
    }) : el('p', { class: 'empty' }, 'This discussion is closed.'),
    page ? null : el('p', { class: 'problem', role: 'alert' }, 'The discussion cannot be shown just now.'),
    nobody,
    thread,
    page ? more(article, page.next_cursor, add) : null);
}

function more(article: Article, cursor: string | null, add: (comments: Comment[]) => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'more' }, 'More comments');
  button.hidden = cursor === null;
  button.addEventListener('click', async () => {
    if (!cursor) return;
    button.disabled = true;
    try {
      const page = await given(api.GET('/v1/articles/{article}/comments', { params: { path: { article: article.id }, query: { limit: 50, cursor } } }));
      add(page.items);
      cursor = page.next_cursor;
      button.hidden = cursor === null;
    } catch {
      button.textContent = 'That did not work. Try again';
    }
    button.disabled = false;
  });
  return button;
}

function entry(article: Article, comment: Comment, isOpen: boolean): HTMLLIElement {
  const item = el('li', { id: `comment-${comment.id}`, class: comment.is_removed ? 'removed' : null });
  // A class for each depth and no inline style: the Content-Security-Policy allows none.
  item.classList.add(`depth-${Math.min(comment.depth, DEPTH_MAX)}`);
  if (comment.is_removed || comment.body_html === null) {
    item.append(el('p', { class: 'fine' }, 'This comment has been removed.'));
    return item;
  }
  item.append(
    el('p', { class: 'who' }, el('strong', {}, comment.author?.name ?? 'A reader'), ' ', el('span', { class: 'fine' }, when(comment.created_at))),
    sanitised('div', 'said', comment.body_html));
  if (isOpen && comment.depth < DEPTH_MAX) {
    const reply = el('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' }, 'Reply', el('span', { class: 'unseen' }, ` to ${comment.author?.name ?? 'this reader'}`));
    let answer: HTMLElement | null = null;
    reply.addEventListener('click', () => {
      if (answer) answer.remove();
      answer = answer ? null : form(article, comment, (posted) => item.after(entry(article, posted, isOpen)));
      reply.setAttribute('aria-expanded', String(answer !== null));
      if (answer) {
        item.append(answer);
        answer.querySelector<HTMLElement>('input')?.focus();
      }
    });
    item.append(reply);
  }
  return item;
}

/** A comment or a reply; `show` puts one there that need not wait for a moderator. */
function form(article: Article, parent: Comment | null, show: (comment: Comment) => void): HTMLFormElement {
  const id = parent?.id ?? 'new';
  const name = el('input', { id: `name-${id}`, name: 'name', required: true, maxlength: 100, autocomplete: 'name', 'aria-describedby': `fault-${id}` });
  const body = el('textarea', { id: `body-${id}`, name: 'body', required: true, rows: parent ? 3 : 4, maxlength: 10000, 'aria-describedby': `fault-${id}` });
  const button = el('button', { type: 'submit' }, parent ? 'Post reply' : 'Post comment');
  const outcome = el('p', { class: 'outcome', id: `fault-${id}`, role: 'status' });
  // One key for what is written here: sent twice, it is posted once. Another text is another attempt.
  let key = attempt();
  const write = el('form', { class: 'write' },
    el('p', {}, el('label', { for: name.id }, 'Your name'), name),
    el('p', {}, el('label', { for: body.id }, parent ? `Your reply to ${parent.author?.name ?? 'this reader'}` : 'Your comment'), body),
    el('p', { class: 'send' }, button),
    outcome);
  write.addEventListener('input', () => { key = attempt(); });
  write.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const sent = { author: { name: name.value }, body: body.value, ...(parent ? { parent_id: parent.id } : {}) };
    try {
      const comment = await given(api.POST('/v1/articles/{article}/comments', {
        params: { path: { article: article.id }, header: { 'Idempotency-Key': key } },
        body: sent,
      }));
      tell(outcome, comment);
      if (comment.state === 'approved') show(comment);
      body.value = '';
      key = attempt();
    } catch (error) {
      outcome.className = 'outcome problem';
      outcome.textContent = reasons(error);
    }
    button.disabled = false;
  });
  return write;
}

function tell(outcome: HTMLElement, { state }: Comment): void {
  outcome.className = 'outcome';
  if (state === 'approved') outcome.textContent = 'Thank you: your comment is in the discussion.';
  else if (state === 'pending') outcome.textContent = 'Thank you: a moderator reads your comment before it appears here.';
  else {
    outcome.className = 'outcome problem';
    outcome.replaceChildren('Your comment was not taken. Please see the ', el('a', { href: '/community-standards' }, 'community standards'), '.');
  }
}

/** The faults that a reader can mend, in the API's words. */
function reasons(error: unknown): string {
  if (!(error instanceof Failed)) return 'That did not work. Please try again.';
  const names: Record<string, string> = { '/author/name': 'Your name', '/body': 'Your comment' };
  const faults = (error.problem?.errors ?? []).flatMap(({ pointer, detail }) => (pointer && names[pointer] ? [`${names[pointer]} ${detail}.`] : []));
  return faults.join(' ') || error.message;
}
