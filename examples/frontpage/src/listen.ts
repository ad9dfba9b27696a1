import { type Stream, api, given } from './api';
import { timeOf } from './dates';
import { announce, byId, el } from './dom';
import { picture } from './picture';

/** Puts a *Listen Live* button there when something is on air. */
export async function offerLive(place: HTMLElement): Promise<void> {
  const { items } = await given(api.GET('/v1/streams', { params: { query: { status: ['live'], limit: 1 } } }));
  const stream = items[0];
  if (!stream) return;
  const verb = stream.kind === 'video' ? 'Watch' : 'Listen';
  const button = el('button', { type: 'button', class: 'live', 'aria-expanded': 'false', 'aria-controls': 'player' }, `${verb} Live`);
  button.addEventListener('click', () => {
    const player = byId('player');
    const isOpen = player.hidden;
    if (isOpen) open(player, stream, () => { close(player, button); button.focus(); });
    else close(player, button);
    button.setAttribute('aria-expanded', String(isOpen));
  });
  place.replaceChildren(button);
}

/** It stands outside of `<main>` and plays on from page to page. */
function open(player: HTMLElement, stream: Stream, onClose: () => void): void {
  const media = el(stream.kind === 'video' ? 'video' : 'audio', { controls: true, preload: 'none', 'aria-label': stream.name });
  const source = stream.sources.find(({ type }) => media.canPlayType(type) !== '');
  if (source) media.src = source.url;
  const elsewhere = stream.sources[0];
  const cover = stream.image ? picture(stream.image, '4.5rem') : null;
  player.replaceChildren(
    ...(cover ? [cover] : []),
    el('div', {},
      el('p', { class: 'station' }, el('strong', {}, stream.name), stream.description ? el('span', { class: 'fine' }, stream.description) : null),
      programme(stream)),
    source ? media : el('p', {}, 'This browser cannot play it: ', elsewhere ? el('a', { href: elsewhere.url, rel: 'noopener noreferrer' }, 'open the stream') : 'no stream'),
    el('button', { type: 'button', class: 'quiet', onclick: onClose }, 'Close', el('span', { class: 'unseen' }, ' the player')));
  player.hidden = false;
  announce(`${stream.name} is playing`);
  if (source) {
    media.play().catch(() => announce('Press play to listen'));
    media.focus();
  }
}

function close(player: HTMLElement, button: HTMLElement): void {
  player.querySelector<HTMLMediaElement>('audio, video')?.pause();
  player.replaceChildren();
  player.hidden = true;
  button.setAttribute('aria-expanded', 'false');
}

function programme({ now, next }: Stream): HTMLElement | null {
  if (!now && !next) return null;
  return el('p', { class: 'fine' },
    now ? `Now: ${now.title}` : null,
    now && next ? ' · ' : null,
    next ? `Next, ${timeOf(next.starts_at)} GMT: ${next.title}` : null);
}
