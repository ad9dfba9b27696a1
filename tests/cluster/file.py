"""A server on a file, killed again and again while sixteen write."""

import os
import pathlib
import random
import tempfile
import threading
import time

from servers import TARGET, Client, Server, onrecord

WRITES = int(os.environ.get("ONRECORD_WRITES", "10000"))
WRITERS = 16
KILLS = 5


class Killed:
    """What was sent, what was acknowledged, and what is there afterwards."""

    def __init__(self):
        self.acknowledged, self.sent, self.events, self.there, self.kills = {}, set(), [], {}, 0


def killed():
    """Has it written, kills it, starts it again, and reads all of it."""
    outcome = Killed()
    with tempfile.TemporaryDirectory(prefix="cluster.", dir=TARGET) as folder:
        database = f"sqlite:{pathlib.Path(folder) / 'onrecord.db'}"
        key = onrecord("keys", "create", "--name", "cluster", "--scope", "admin", "--database", database)
        server = Server(folder, "file", database).start().ready()
        try:
            write_and_kill(outcome, server, key)
            client = Client([server], key)
            after = 0
            while page := client.get(f"/v1/changes?after={after}&limit=100")["items"]:
                outcome.events += [(it["seq"], it["kind"], it["tag_id"] if "tag_id" in it else it["id"]) for it in page]
                after = page[-1]["seq"]
            path = first = "/v1/tags?limit=100"
            while path:
                page = client.get(path)
                outcome.there.update((tag["slug"], tag["id"]) for tag in page["items"])
                path = page["next_cursor"] and f"{first}&cursor={page['next_cursor']}"
        finally:
            server.kill()
        onrecord("check", "--database", database)
    return outcome


def write_and_kill(outcome, server, key):
    numbers, lock = iter(range(WRITES)), threading.Lock()

    def write():
        client = Client([server], key)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            slug = f"tag-{number}"
            outcome.sent.add(slug)
            try:
                status, headers, content = client.send("POST", "/v1/tags", {"slug": slug, "name": slug})
            except OSError:
                time.sleep(0.05)
                continue
            assert status == 201, content
            outcome.acknowledged[slug] = int(headers["Onrecord-Seq"])

    writers = [threading.Thread(target=write, daemon=True) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    dice = random.Random()
    moments = sorted(dice.uniform(0.05, 0.9) * WRITES for _ in range(KILLS))
    while any(writer.is_alive() for writer in writers):
        if moments and len(outcome.sent) >= moments[0]:
            moments.pop(0)
            server.kill()
            outcome.kills += 1
            server.start().ready()
        time.sleep(0.005)


CHECKS = []


def check(holds):
    CHECKS.append(holds)
    return holds


@check
def no_acknowledged_write_is_lost(outcome):
    assert outcome.kills == KILLS
    assert len(outcome.sent) == WRITES and len(outcome.acknowledged) > WRITES * 0.8, len(outcome.acknowledged)
    lost = set(outcome.acknowledged) - set(outcome.there)
    assert not lost, f"{len(lost)} lost, as {min(lost)}"
    unsent = set(outcome.there) - outcome.sent
    assert not unsent, unsent
    return f"{len(outcome.acknowledged)} acknowledged of {len(outcome.sent)}, {outcome.kills} kills, {len(outcome.there)} there"


@check
def the_log_has_no_hole(outcome):
    numbers = [seq for seq, _, _ in outcome.events]
    assert numbers == list(range(1, len(numbers) + 1)), "numbers are missing or out of order"
    return f"{len(numbers)} changes"


@check
def no_event_is_lost_and_none_is_of_nothing(outcome):
    made = [about for _, kind, about in outcome.events if kind == "tag.created"]
    assert sorted(made) == sorted(outcome.there.values()), f"{len(made)} events of {len(outcome.there)} tags"
    by_seq = {seq: about for seq, _, about in outcome.events}
    # Writes share commits, not numbers.
    wrong = [slug for slug, seq in outcome.acknowledged.items() if by_seq.get(seq) != outcome.there[slug]]
    assert not wrong, f"{len(wrong)} were told another number than the log has, as {wrong[0]}"
    return f"{len(made)} events"
