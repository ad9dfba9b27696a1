import { el } from './dom';

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' });
const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' });
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' });

/** `17:23 GMT, 21 September 2020` */
export function when(instant: string): HTMLTimeElement {
  const date = new Date(instant);
  return el('time', { datetime: instant }, `${time.format(date)} GMT, ${day.format(date)}`);
}

/** `21 September 2020` */
export function dayOf(instant: string): HTMLTimeElement {
  return el('time', { datetime: instant }, day.format(new Date(instant)));
}

/** `17:23` */
export function timeOf(instant: string): string {
  return time.format(new Date(instant));
}

/** The clock of the masthead: `Monday, 21 September 2020 · 17:23 GMT`, right to the minute. */
export function runClock(clock: HTMLElement): void {
  const now = new Date();
  clock.replaceChildren(
    el('time', { datetime: now.toISOString() },
      // A narrow page leaves out what its reader knows.
      el('span', { class: 'weekday' }, `${weekday.format(now)}, `), dayAndMonth.format(now), el('span', { class: 'year' }, ` ${now.getUTCFullYear()}`),
      ` · ${time.format(now)} GMT`),
  );
  setTimeout(() => runClock(clock), 60_000 - (now.getTime() % 60_000));
}

/** Seconds as `2:05`. */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
