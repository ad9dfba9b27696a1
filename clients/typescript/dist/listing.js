/**
 * A list that is fetched page by page, when one comes to it: `for await (const article of …)`.
 *
 * Nothing is asked for before the first item or page is.
 */
export class Listing {
    #connection;
    #path;
    #query;
    #init;
    constructor(connection, path, query = {}, init) {
        this.#connection = connection;
        this.#path = path;
        this.#query = query;
        this.#init = init;
    }
    /** One page: the first, or the one that `cursor` in the query stands for. */
    page() {
        return this.#connection.json("GET", this.#path, this.#query, undefined, this.#init);
    }
    /** Page after page. */
    async *pages() {
        let query = this.#query;
        for (;;) {
            const page = await this.#connection.json("GET", this.#path, query, undefined, this.#init);
            yield page;
            if (page.next_cursor === null)
                return;
            query = { ...this.#query, cursor: page.next_cursor };
        }
    }
    /** Item after item, over all pages. */
    async *[Symbol.asyncIterator]() {
        for await (const page of this.pages())
            yield* page.items;
    }
    /** The first `max` items at once. */
    async take(max) {
        const items = [];
        for await (const item of this) {
            if (items.length >= max)
                break;
            items.push(item);
        }
        return items;
    }
}
