import { sleep, type Connection, type Init } from "./connection.js";
import { Problem } from "./problem.js";
import type { Change, ChangePage, ListChangesQuery } from "../types.js";

/** What to follow, and from where. */
export type FollowQuery = Omit<ListChangesQuery, "wait"> & {
  /** Since this change; from now on when not given. Remember the `seq` of the last one you have dealt with. */
  after?: number | undefined;
};

/** The log does not go back to where you were: fetch everything anew, then follow from there. */
export class StartOver extends Error {
  override readonly name = "StartOver";
  constructor(readonly problem: Problem) {
    super(problem.detail, { cause: problem });
  }
}

/**
 * Every change as it happens, for as long as you listen; a server that is away is asked again.
 *
 * Throws `StartOver` when the log does not go back so far, and a `Problem` when the request is at fault.
 */
export async function* follow(
  connection: Connection,
  query: FollowQuery = {},
  init: Pick<Init, "signal"> = {},
): AsyncGenerator<Change, void, undefined> {
  let after = query.after;
  const ask = async (asked: ListChangesQuery) => {
    for (let tried = 0; ; tried++) {
      try {
        return await connection.json<ChangePage>("GET", "/v1/changes", asked, undefined, init);
      } catch (error) {
        if (init.signal?.aborted) throw error;
        if (Problem.is(error, "gone")) throw new StartOver(error);
        // A network that fails and a server that has no time are waited for.
        if (Problem.is(error) && error.status < 500 && error.status !== 429) throw error;
        const pause = Problem.is(error) ? (error.retryAfter ?? 0) * 1000 : 0;
        await sleep(Math.max(pause, Math.min(30_000, 500 * 2 ** tried)), init.signal);
      }
    }
  };
  after ??= await newest(connection, init);
  for (;;) {
    const page = await ask({ ...query, after, wait: 30 });
    yield* page.items;
    after = page.last_seq;
  }
}

/** How far the log goes now: the stream of changes begins with it. */
async function newest(connection: Connection, init: Pick<Init, "signal">): Promise<number> {
  const response = await connection.raw("GET", "/v1/changes/stream", undefined, undefined, init);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the stream of changes ended before it began");
      text += value;
      const id = /^id: ?(\d+)\n/m.exec(text);
      if (id) return Number(id[1]);
    }
  } finally {
    await reader.cancel();
  }
}
