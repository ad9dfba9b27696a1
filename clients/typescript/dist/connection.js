import { noted } from "./etag.js";
import { Problem } from "./problem.js";
/** What is asked for by name, and may be remembered. */
const READS = ["GET", "HEAD"];
/** What may be sent twice without anything happening twice. */
const IDEMPOTENT = ["GET", "HEAD", "PUT", "DELETE"];
/** The way to one server: every resource sends its requests here. */
export class Connection {
    /** How far the log of changes goes with what was written here: send it as `minSeq` to read one's own writes. */
    seq;
    #options;
    #base;
    // A Map keeps the order in which things came: the first is the one that was not asked for longest.
    #remembered = new Map();
    constructor(options) {
        this.#options = options;
        this.#base = options.url.replace(/\/+$/, "");
    }
    /** The JSON that answers a request, or nothing where there is none; throws a `Problem`. */
    async json(method, path, query, body, init) {
        const url = this.#base + path + search(query);
        const known = READS.includes(method) ? this.#remembered.get(url) : undefined;
        const response = await this.#send(method, url, body, init, known?.etag);
        if (response.status === 304 && known) {
            this.#remember(url, known);
            return noted(JSON.parse(known.text), known.etag);
        }
        const text = await response.text();
        const etag = response.headers.get("etag");
        if (method === "GET" && etag !== null)
            this.#remember(url, { etag, text });
        return noted((text === "" ? undefined : JSON.parse(text)), etag);
    }
    /** The answer to a request as it comes; throws a `Problem`. */
    async raw(method, path, query, body, init) {
        return this.#send(method, this.#base + path + search(query), body, init);
    }
    #remember(url, answer) {
        this.#remembered.delete(url);
        this.#remembered.set(url, answer);
        for (const oldest of this.#remembered.keys()) {
            if (this.#remembered.size <= (this.#options.cache ?? 100))
                break;
            this.#remembered.delete(oldest);
        }
    }
    async #send(method, url, body, init = {}, etag) {
        const request = { method, headers: this.#headers(body, init, etag), body: payload(body), signal: init.signal ?? null };
        const repeatable = IDEMPOTENT.includes(method) || init.idempotencyKey !== undefined;
        const go = this.#options.fetch ?? fetch;
        for (let retries = repeatable ? (this.#options.retries ?? 2) : 0, tried = 0;; retries--, tried++) {
            let failure;
            try {
                const response = await go(url, request);
                const seq = response.headers.get("onrecord-seq");
                if (seq !== null)
                    this.seq = Math.max(this.seq ?? 0, Number(seq));
                if (response.ok || (response.status === 304 && etag !== undefined))
                    return response;
                failure = await Problem.of(response);
            }
            catch (error) {
                failure = error;
            }
            const pause = this.#pause(failure, tried);
            if (retries <= 0 || pause === undefined || init.signal?.aborted)
                throw failure;
            await sleep(pause, init.signal);
        }
    }
    /** How many milliseconds to wait before the next try; `undefined` where there is none to be made. */
    #pause(failure, tried) {
        // Twice as long each time, and never all at once.
        const own = 250 * 2 ** tried * (0.5 + Math.random());
        // Without an answer there is no problem: the network failed.
        if (!Problem.is(failure))
            return own;
        const passing = [429, 502, 503, 504].includes(failure.status) || failure.code === "request-in-flight";
        if (!passing)
            return undefined;
        const asked = failure.retryAfter ?? 0;
        return asked > (this.#options.patience ?? 30) ? undefined : Math.max(own, asked * 1000);
    }
    #headers(body, init, etag) {
        const headers = new Headers();
        const { key } = this.#options;
        if (key)
            headers.set("authorization", `Bearer ${key}`);
        if (isBytes(body))
            headers.set("content-type", "application/octet-stream");
        else if (body !== undefined)
            headers.set("content-type", "application/json");
        if (init.idempotencyKey !== undefined)
            headers.set("idempotency-key", init.idempotencyKey);
        if (init.ifMatch !== undefined)
            headers.set("if-match", init.ifMatch);
        if (init.minSeq !== undefined)
            headers.set("min-seq", String(init.minSeq));
        if (etag !== undefined)
            headers.set("if-none-match", etag);
        return headers;
    }
}
/** Waits; throws when the signal says stop. */
export function sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", stop);
            resolve();
        }, milliseconds);
        if (signal?.aborted)
            stop();
        else
            signal?.addEventListener("abort", stop, { once: true });
    });
}
/** One segment of a path, whatever is in it. */
export function segment(value) {
    return encodeURIComponent(String(value));
}
/** A list is one value with commas; what is not given is not sent. */
function search(query = {}) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    if (given.length === 0)
        return "";
    return "?" + new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
function isBytes(body) {
    return body instanceof Blob || body instanceof ArrayBuffer || body instanceof Uint8Array;
}
function payload(body) {
    if (isBytes(body))
        return body;
    return body === undefined ? null : JSON.stringify(body);
}
