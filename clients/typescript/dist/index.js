import { Connection } from "./connection.js";
import { follow } from "./follow.js";
import { resources } from "./resources.js";
export { Connection } from "./connection.js";
export { etagOf } from "./etag.js";
export { follow, StartOver } from "./follow.js";
export { Listing } from "./listing.js";
export * from "./resources.js";
// Goes before the type of that name: it has all that is in it.
export { Problem } from "./problem.js";
/** Everything a server offers. Who needs little imports little: `articles(new Connection({ url }))`. */
export function connect(options) {
    const connection = new Connection(options);
    const all = resources(connection);
    return {
        ...all,
        changes: {
            ...all.changes,
            /** Every change as it happens, for as long as you listen. */
            follow: (query, init) => follow(connection, query, init),
        },
        /** What all of them send their requests through; its `seq` is the last change that was made here. */
        connection,
    };
}
