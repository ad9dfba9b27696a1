import { type Comment, type CommentReason, Failed, api, given } from '../api';
import { when } from '../dates';
import { announce, el, sanitised } from '../dom';
import type { Page } from '../main';

const REASONS: Record<CommentReason, string> = {
  offensive: 'Offensive',
  abusive: 'Abusive',
  harassment_bullying: 'Harassment or bullying',
  hate_speech: 'Hate speech',
  misinformation: 'Misinformation',
  illegal_content: 'Illegal',
  irrelevant_content: 'Not about this',
  ad: 'Advertising',
  spam: 'Spam',
  banned_word: 'Banned word',
  other: 'Something else',
};

/** The moderators' queue, for who has a key. The key stays in this variable: a page loaded anew has forgotten it. */
let key = '';

export function moderationPage(): Page {
  const queue = el('div', { class: 'queue' });
  const outcome = el('p', { class: 'outcome', role: 'status' });
  const field = el('input', { id: 'key', type: 'password', required: true, autocomplete: 'off', spellcheck: 'false', placeholder: 'onr_…' });
  const enter = el('form', { class: 'write' },
    el('p', {}, el('label', { for: 'key' }, 'Moderator’s key'), field),
    el('p', { class: 'send' }, el('button', { type: 'submit' }, 'Open the queue')));
  enter.addEventListener('submit', (event) => {
    event.preventDefault();
    key = field.value.trim();
    field.value = '';
    void fill(queue, outcome);
  });
  if (key) void fill(queue, outcome);
  return {
    title: 'Moderation',
    content: el('section', { class: 'page moderation' },
      el('header', {},
        el('h1', {}, 'Moderation'),
        el('p', { class: 'standfirst' }, 'What readers wrote and nobody has decided on yet, oldest first.')),
      enter, outcome, queue),
  };
}

/** As headers see it: what is no byte of ASCII cannot be a key. */
function authorization(): { Authorization: string } {
  return { Authorization: `Bearer ${key.replace(/[^\x21-\x7e]/g, '?')}` };
}

async function fill(queue: HTMLElement, outcome: HTMLElement): Promise<void> {
  try {
    const { items, total } = await given(api.GET('/v1/comments', {
      params: { query: { state: 'pending', limit: 50, count: 'exact' } },
      headers: authorization(),
    }));
    outcome.className = 'outcome';
    outcome.textContent = items.length === 0 ? 'Nothing waits.' : `${total ?? items.length} waiting.`;
    queue.replaceChildren(...items.map((comment) => waiting(comment, queue, outcome)));
  } catch (error) {
    queue.replaceChildren();
    outcome.className = 'outcome problem';
    outcome.textContent = error instanceof Error ? error.message : String(error);
  }
}

function waiting(comment: Comment, queue: HTMLElement, outcome: HTMLElement): HTMLElement {
  const name = comment.author?.name ?? 'A reader';
  const reason = el('select', { id: `reason-${comment.id}` },
    el('option', { value: '' }, 'Choose a reason'),
    ...Object.entries(REASONS).map(([value, label]) => el('option', { value }, label)));
  const fault = el('p', { class: 'problem', role: 'alert', hidden: true });
  const decide = async (verdict: { state: 'approved' } | { state: 'rejected'; reason: CommentReason }) => {
    try {
      await given(api.POST('/v1/comments/{comment_id}/decision', {
        params: { path: { comment_id: comment.id } },
        headers: authorization(),
        body: { ...verdict, from: 'pending' },
      }));
      announce(`${name}’s comment is ${verdict.state}.`);
      await fill(queue, outcome);
    } catch (error) {
      // Somebody else was quicker: the queue is shown anew, with what the API says of it.
      if (error instanceof Failed && error.problem?.code === 'comment-decided') await fill(queue, outcome);
      fault.textContent = error instanceof Error ? error.message : String(error);
      fault.hidden = false;
      if (!fault.isConnected) outcome.replaceChildren(fault);
    }
  };
  const reject = () => {
    const chosen = Object.keys(REASONS).find((value): value is CommentReason => value === reason.value);
    if (chosen) return void decide({ state: 'rejected', reason: chosen });
    fault.textContent = 'A rejection needs a reason.';
    fault.hidden = false;
    reason.focus();
  };
  const marks = comment.moderation?.marks ?? [];
  return el('article', { 'aria-label': `Comment by ${name}` },
    el('p', { class: 'who' }, el('strong', {}, name), ' ', el('span', { class: 'fine' }, when(comment.created_at))),
    el('p', { class: 'fine' }, 'On ', el('a', { href: `/articles/${comment.article.slug}` }, comment.article.title)),
    sanitised('div', 'said', comment.body_html ?? ''),
    marks.length ? el('ul', { class: 'marks' }, ...marks.map(({ detail }) => el('li', {}, detail))) : null,
    el('div', { class: 'verdict' },
      el('button', { type: 'button', onclick: () => void decide({ state: 'approved' }) }, 'Approve'),
      el('span', {},
        el('label', { for: reason.id }, 'Reason'),
        reason,
        el('button', { type: 'button', class: 'quiet', onclick: reject }, 'Reject'))),
    fault);
}
