import { Connection, type Init, type Options } from "./connection.js";
import { follow, type FollowQuery } from "./follow.js";
import { resources } from "./resources.js";

export { Connection, type Init, type Options } from "./connection.js";
export { etagOf } from "./etag.js";
export { follow, StartOver, type FollowQuery } from "./follow.js";
export { Listing, type Page } from "./listing.js";
export * from "./resources.js";
export type * from "../types.js";
// Goes before the type of that name: it has all that is in it.
export { Problem } from "./problem.js";

/** Everything a server offers. Who needs little imports little: `articles(new Connection({ url }))`. */
export function connect(options: Options) {
  const connection = new Connection(options);
  const all = resources(connection);
  return {
    ...all,
    changes: {
      ...all.changes,
      /** Every change as it happens, for as long as you listen. */
      follow: (query?: FollowQuery, init?: Pick<Init, "signal">) => follow(connection, query, init),
    },
    /** What all of them send their requests through; its `seq` is the last change that was made here. */
    connection,
  };
}
