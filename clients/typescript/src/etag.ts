/** Which ETag each thing came with, for as long as somebody holds it. */
const tags = new WeakMap<object, string>();

/** Notes what a thing came with, and answers the thing. */
export function noted<T>(thing: T, etag: string | null): T {
  if (etag !== null && typeof thing === "object" && thing !== null) tags.set(thing, etag);
  return thing;
}

/** The ETag that a thing came with, to be sent as `ifMatch` when it is changed. */
export function etagOf(thing: object): string | undefined {
  return tags.get(thing);
}
