import type { Image } from './api';
import { el } from './dom';

/** A picture at the widths there are, in a frame of its own size, so that nothing moves when it comes. */
export function picture(image: Image, sizes: string, isFirst = false): HTMLElement | null {
  if (!image.url) return null;
  const all = [...image.renditions, ...(image.width ? [{ width: image.width, url: image.url }] : [])];
  const img = el('img', {
    src: image.url,
    alt: image.alt ?? '',
    width: image.width,
    height: image.height,
    srcset: all.length > 1 ? all.map(({ url, width }) => `${url} ${width}w`).join(', ') : null,
    sizes,
    loading: isFirst ? 'eager' : 'lazy',
    fetchpriority: isFirst ? 'high' : null,
    decoding: 'async',
  });
  // Where it is cropped, this stays in sight.
  if (image.focal_point) img.style.objectPosition = `${image.focal_point.x * 100}% ${image.focal_point.y * 100}%`;
  return img;
}

/** The same with what stands under it. */
export function figure(image: Image, sizes: string): HTMLElement | null {
  const img = picture(image, sizes, true);
  if (!img) return null;
  const caption = [image.caption, image.credit].filter(Boolean);
  return el('figure', {}, img, caption.length
    ? el('figcaption', {}, image.caption ?? null, image.caption && image.credit ? ' ' : null, image.credit ? el('span', { class: 'credit' }, image.credit) : null)
    : null);
}
