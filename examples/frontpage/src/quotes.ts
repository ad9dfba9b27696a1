import type { Quote } from './api';
import { el } from './dom';

/** Where a character of the article's text stands in the page. */
interface Place {
  node: Text;
  /** In UTF-16 units of the node. */
  start: number;
  end: number;
}

const SPACE = /^\p{White_Space}$/u;

/**
 * Puts `<mark>`s around the words of quotes. Anchors count the code points of `body_text`, the page shows `body_html`: both
 * have the same characters in the same order and differ in white space alone, so the two are walked side by side.
 * A text that does not agree is left unmarked: better no mark than one on other words.
 */
export function markQuotes(body: HTMLElement, text: string, quotes: Quote[]): HTMLElement[] {
  const places = placesOf(body, Array.from(text));
  if (!places) return [];
  const spans = quotes.flatMap((quote) => {
    const { status, start, end } = quote.anchor;
    return status === 'anchored' && start !== null && end !== null ? [{ quote, places: places.slice(start, end).filter((place) => place !== null) }] : [];
  });
  const cuts = new Map<Text, { start: number; end: number; quote: Quote }[]>();
  for (const { quote, places } of spans) {
    for (const [index, { node, start, end }] of places.entries()) {
      const before = places[index - 1]?.node === node;
      const list = cuts.get(node) ?? [];
      cuts.set(node, list);
      if (before) list[list.length - 1]!.end = end;
      // White space at the edge of a node belongs to the quote that goes on beyond it.
      else list.push({ start: index > 0 ? 0 : start, end, quote });
      const next = places[index + 1];
      if (next && next.node !== node) list[list.length - 1]!.end = node.length;
    }
  }
  return [...cuts].flatMap(([node, list]) => markNode(node, list));
}

function placesOf(body: HTMLElement, points: string[]): (Place | null)[] | null {
  const places: (Place | null)[] = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    node.data = node.data.normalize('NFC');
    let start = 0;
    for (const point of node.data) {
      const end = start + point.length;
      if (!SPACE.test(point)) {
        while (places.length < points.length && SPACE.test(points[places.length]!)) places.push(null);
        if (points[places.length] !== point) return null;
        places.push({ node, start, end });
      }
      start = end;
    }
  }
  return places.length === points.length ? places : null;
}

/** Quotes may stand inside of each other: the node is cut wherever one begins or ends. */
function markNode(node: Text, list: { start: number; end: number; quote: Quote }[]): HTMLElement[] {
  const edges = [...new Set([0, node.length, ...list.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const marks: HTMLElement[] = [];
  const pieces = edges.slice(1).map((edge, index) => {
    const from = edges[index]!;
    const words = node.data.slice(from, edge);
    const inside = list.filter(({ start, end }) => start <= from && edge <= end).map(({ quote }) => quote.id);
    if (inside.length === 0) return document.createTextNode(words);
    const mark = el('mark', { class: 'quote', 'data-quotes': inside.join(' ') }, words);
    marks.push(mark);
    return mark;
  });
  node.replaceWith(...pieces);
  return marks;
}

/** Who says it: `Zhang Xin, researcher, School of …`. */
export function attribution(quote: Quote): string {
  const name = quote.speaker?.name ?? quote.speaker_name ?? 'Unnamed speaker';
  return [name, quote.role, quote.affiliation].filter(Boolean).join(', ');
}

/** Shows who speaks while a mark is pointed at or has the focus; Escape puts it away. */
export function tellSpeakers(body: HTMLElement, marks: HTMLElement[], quotes: Quote[]): void {
  const byId = new Map(quotes.map((quote) => [quote.id, quote]));
  const bubble = el('div', { class: 'speaker', 'aria-hidden': 'true', hidden: true });
  const hide = () => { bubble.hidden = true; };
  const seen = new Set<string>();
  for (const mark of marks) {
    const id = mark.dataset['quotes']!.split(' ').at(-1)!;
    const quote = byId.get(id)!;
    const show = () => {
      bubble.replaceChildren(el('strong', {}, quote.speaker?.name ?? quote.speaker_name ?? 'Unnamed speaker'));
      const about = [quote.role, quote.affiliation].filter(Boolean).join(', ');
      if (about) bubble.append(el('span', {}, about));
      if (quote.context) bubble.append(el('em', {}, quote.context));
      bubble.hidden = false;
      place(bubble, mark, body);
    };
    mark.addEventListener('pointerenter', show);
    mark.addEventListener('pointerleave', () => { if (document.activeElement !== mark) hide(); });
    mark.addEventListener('focus', show);
    mark.addEventListener('blur', hide);
    if (seen.has(id)) continue;
    seen.add(id);
    mark.id = `quote-${id}`;
    mark.tabIndex = 0;
    mark.setAttribute('aria-describedby', `said-by-${id}`);
    body.append(el('span', { id: `said-by-${id}`, hidden: true }, `Said by ${attribution(quote)}`));
  }
  body.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  body.append(bubble);
}

function place(bubble: HTMLElement, mark: HTMLElement, body: HTMLElement): void {
  const frame = body.getBoundingClientRect();
  const line = mark.getClientRects()[0] ?? frame;
  const left = Math.min(Math.max(line.left - frame.left, 0), frame.width - bubble.offsetWidth);
  bubble.style.left = `${Math.max(left, 0)}px`;
  bubble.style.top = `${line.top - frame.top - bubble.offsetHeight - 8}px`;
}
