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
export declare class Listing<T, P extends Page<T> = Page<T>> implements AsyncIterable<T> {
    #private;
    constructor(connection: Connection, path: string, query?: Query, init?: Init);
    /** One page: the first, or the one that `cursor` in the query stands for. */
    page(): Promise<P>;
    /** Page after page. */
    pages(): AsyncGenerator<P, void, undefined>;
    /** Item after item, over all pages. */
    [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
    /** The first `max` items at once. */
    take(max: number): Promise<T[]>;
}
