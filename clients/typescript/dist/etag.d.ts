/** Notes what a thing came with, and answers the thing. */
export declare function noted<T>(thing: T, etag: string | null): T;
/** The ETag that a thing came with, to be sent as `ifMatch` when it is changed. */
export declare function etagOf(thing: object): string | undefined;
