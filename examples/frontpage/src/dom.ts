/** What an element may be given: attributes, and what it does when it is clicked or sent. */
type Attributes = Record<string, string | number | boolean | null | ((event: Event) => void)>;
type Child = Node | string | null | false;

/** An element. Strings become text, never HTML; a function under `onclick` or `onsubmit` listens. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** The one element of the shell with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/** Says something to who listens to the page instead of looking at it. */
export function announce(words: string): void {
  byId('announcer').textContent = words;
}

interface Policy {
  createHTML(html: string): string;
}
const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
const policy = trustedTypes?.createPolicy('onrecord', { createHTML: (html) => html });

/** An element filled with HTML that the API has sanitised. Nothing else on this site is ever read as HTML. */
export function sanitised<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, html: string): HTMLElementTagNameMap[Name] {
  const element = el(name, { class: className });
  element.innerHTML = policy ? policy.createHTML(html) : html;
  return element;
}
