import { type Connection, type Init } from "./connection.js";
import { Problem } from "./problem.js";
import type { Change, ListChangesQuery } from "../types.js";
/** What to follow, and from where. */
export type FollowQuery = Omit<ListChangesQuery, "wait"> & {
    /** Since this change; from now on when not given. Remember the `seq` of the last one you have dealt with. */
    after?: number | undefined;
};
/** The log does not go back to where you were: fetch everything anew, then follow from there. */
export declare class StartOver extends Error {
    readonly problem: Problem;
    readonly name = "StartOver";
    constructor(problem: Problem);
}
/**
 * Every change as it happens, for as long as you listen; a server that is away is asked again.
 *
 * Throws `StartOver` when the log does not go back so far, and a `Problem` when the request is at fault.
 */
export declare function follow(connection: Connection, query?: FollowQuery, init?: Pick<Init, "signal">): AsyncGenerator<Change, void, undefined>;
