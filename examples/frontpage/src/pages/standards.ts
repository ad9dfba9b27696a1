import { Failed, api, given } from '../api';
import { dayOf } from '../dates';
import { el, sanitised } from '../dom';
import type { Page } from '../main';

/** The rules of the discussion that hold now. */
export async function standardsPage(): Promise<Page> {
  const standards = await given(api.GET('/v1/community-standards')).catch((error: unknown) => {
    if (error instanceof Failed && error.status === 404) return null;
    throw error;
  });
  return {
    title: 'Community standards',
    content: el('article', { class: 'page standards' },
      el('header', {}, el('h1', {}, 'Community standards')),
      ...(standards
        ? [
            sanitised('div', 'body', standards.body_html),
            el('p', { class: 'fine' }, `Version ${standards.version}, in force since `, dayOf(standards.effective_at)),
          ]
        : [el('p', { class: 'empty' }, 'None have been written yet.')])),
  };
}
