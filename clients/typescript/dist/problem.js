/** A request that the server did not carry out, as it says itself (RFC 9457). */
export class Problem extends Error {
    name = "Problem";
    type;
    title;
    status;
    /** The kind of problem, for programs: `not-found`, `invalid-field`, … */
    code;
    detail;
    /** Each fault by itself: a JSON pointer into the body, or the name of a parameter. */
    errors;
    request_id;
    /** After how many seconds to ask again, if the server said so. */
    retryAfter;
    constructor(body, retryAfter) {
        super(body.detail);
        this.type = body.type;
        this.title = body.title;
        this.status = body.status;
        this.code = body.code;
        this.detail = body.detail;
        this.errors = body.errors;
        this.request_id = body.request_id;
        this.retryAfter = retryAfter;
    }
    /** Whether an error is a problem, and of this kind if one is named. */
    static is(error, code) {
        return error instanceof Problem && (code === undefined || error.code === code);
    }
    /** The problem of an answer. What stands between may answer too, in a form of its own. */
    static async of(response) {
        const text = await response.text().catch(() => "");
        const { status } = response;
        let body = {};
        if (response.headers.get("content-type")?.includes("json")) {
            try {
                body = JSON.parse(text) ?? {};
            }
            catch {
                // It says nothing then, as if it were not there.
            }
        }
        const title = body.title ?? (response.statusText || `HTTP ${status}`);
        return new Problem({
            type: body.type ?? "about:blank",
            title,
            status,
            code: body.code ?? "unknown",
            detail: body.detail ?? title,
            errors: body.errors ?? [],
            request_id: body.request_id ?? response.headers.get("x-request-id") ?? "",
        }, seconds(response.headers.get("retry-after")));
    }
}
/** What `Retry-After` says, a number of seconds or a date, as seconds from now. */
function seconds(header) {
    if (header === null)
        return undefined;
    if (/^\d+$/.test(header.trim()))
        return Number(header);
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
