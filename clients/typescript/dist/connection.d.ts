/** How to reach a server, and how patient to be with it. */
export interface Options {
    /** Where the server is: `https://api.news.example`. */
    url: string;
    /** A key, `onr_…`. It never belongs into a browser. */
    key?: string;
    /** How often a request that may be repeated is: 2 when not given, 0 for never. */
    retries?: number;
    /** The longest `Retry-After` that is waited for, in seconds: 30 when not given. Longer ones are thrown at once. */
    patience?: number;
    /** How many answers to remember: they are asked for by their ETag, and need not be sent again. 100 when not given. */
    cache?: number;
    /** What to fetch with, instead of the global `fetch`. */
    fetch?: typeof fetch;
}
/** What can be said about any request. */
export interface Init {
    /** Ends the request, and the waiting between tries. */
    signal?: AbortSignal;
    /** Makes a `POST` safe to repeat: the server answers the second one as it answered the first. */
    idempotencyKey?: string;
    /** Changes what is there only if it still has this ETag; otherwise the problem is `precondition-failed`. */
    ifMatch?: string;
    /** Never answers from before this change: `connection.seq` after a write. */
    minSeq?: number;
}
/** What is asked of an operation, by name. */
export type Query = object;
/** The way to one server: every resource sends its requests here. */
export declare class Connection {
    #private;
    /** How far the log of changes goes with what was written here: send it as `minSeq` to read one's own writes. */
    seq: number | undefined;
    constructor(options: Options);
    /** The JSON that answers a request, or nothing where there is none; throws a `Problem`. */
    json<T>(method: string, path: string, query?: Query, body?: unknown, init?: Init): Promise<T>;
    /** The answer to a request as it comes; throws a `Problem`. */
    raw(method: string, path: string, query?: Query, body?: unknown, init?: Init): Promise<Response>;
}
/** Waits; throws when the signal says stop. */
export declare function sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
/** One segment of a path, whatever is in it. */
export declare function segment(value: string | number): string;
