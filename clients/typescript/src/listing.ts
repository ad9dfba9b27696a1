import type { Connection, Init, Query } from "./connection.js";

/** A page of any list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number | null;
}

/**
 * A list that is fetched page by page, when one comes to it: `for await (const article of …)`.
 *
 * Nothing is asked for before the first item or page is.
 */
export class Listing<T, P extends Page<T> = Page<T>> implements AsyncIterable<T> {
  readonly #connection: Connection;
  readonly #path: string;
  readonly #query: Query;
  readonly #init: Init | undefined;

  constructor(connection: Connection, path: string, query: Query = {}, init?: Init) {
    this.#connection = connection;
    this.#path = path;
    this.#query = query;
    this.#init = init;
  }

  /** One page: the first, or the one that `cursor` in the query stands for. */
  page(): Promise<P> {
    return this.#connection.json<P>("GET", this.#path, this.#query, undefined, this.#init);
  }

  /** Page after page. */
  async *pages(): AsyncGenerator<P, void, undefined> {
    let query: Query = this.#query;
    for (;;) {
      const page = await this.#connection.json<P>("GET", this.#path, query, undefined, this.#init);
      yield page;
      if (page.next_cursor === null) return;
      query = { ...this.#query, cursor: page.next_cursor };
    }
  }

  /** Item after item, over all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }

  /** The first `max` items at once. */
  async take(max: number): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) {
      if (items.length >= max) break;
      items.push(item);
    }
    return items;
  }
}
