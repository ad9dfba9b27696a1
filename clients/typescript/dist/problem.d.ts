import type { Problem as ProblemBody } from "../types.js";
/** A request that the server did not carry out, as it says itself (RFC 9457). */
export declare class Problem extends Error implements ProblemBody {
    readonly name = "Problem";
    readonly type: string;
    readonly title: string;
    readonly status: number;
    /** The kind of problem, for programs: `not-found`, `invalid-field`, … */
    readonly code: string;
    readonly detail: string;
    /** Each fault by itself: a JSON pointer into the body, or the name of a parameter. */
    readonly errors: ProblemBody["errors"];
    readonly request_id: string;
    /** After how many seconds to ask again, if the server said so. */
    readonly retryAfter: number | undefined;
    constructor(body: ProblemBody, retryAfter?: number);
    /** Whether an error is a problem, and of this kind if one is named. */
    static is(error: unknown, code?: string): error is Problem;
    /** The problem of an answer. What stands between may answer too, in a form of its own. */
    static of(response: Response): Promise<Problem>;
}
