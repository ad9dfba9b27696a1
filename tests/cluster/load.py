"""Writers, readers and followers, who remember what they were told and hold the servers to it."""

import collections
import json
import random
import threading
import time

from servers import Client

WRITERS, READERS, FOLLOWERS = 6, 4, 8
# Nobody writes in one second of three: a replica that follows with a delay must come to take reads, too.
QUIET_EACH = 3


class Load:
    """All of them, and what they have found."""

    def __init__(self, servers, key):
        self.servers, self.key = servers, key
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        # What is out of order now, so that errors are no surprise.
        self.dead, self.primary_is_away = set(), False
        self.counts, self.faults = collections.Counter(), []
        # What was acknowledged: the version of each article, and the changes by their number.
        self.versions, self.changes, self.doubtful = {}, {}, set()
        # The version of each article that a server must not fall behind any more: it was written there, or shown a second ago.
        self.told = {server.name: {} for server in servers}
        self.followed, self.end = [], None
        jobs = [(self.write, n) for n in range(WRITERS)] + [(self.read, n) for n in range(READERS)]
        jobs += [(self.follow, n) for n in range(FOLLOWERS)]
        self.threads = [threading.Thread(target=self.working, args=job, daemon=True) for job in jobs]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self, end_of_log):
        """Lets everybody finish; who follows goes on to the end of the log."""
        self.stopping.set()
        followers = self.threads[-FOLLOWERS:]
        for thread in self.threads[:-FOLLOWERS]:
            thread.join()
        self.end = end_of_log()
        for thread in followers:
            thread.join(timeout=30)
            if thread.is_alive():
                self.fault("a follower does not come to the end of the log")

    def working(self, job, number):
        try:
            job(number)
        except Exception as error:  # noqa: BLE001: a thread that ends early would let everything pass.
            self.fault(f"{job.__name__} {number} ended: {error!r}")

    def fault(self, what):
        with self.lock:
            self.faults.append(what)

    def one_that_lives(self, dice):
        """As a load balancer chooses: a server that has just died is noticed a little later."""
        living = [server for server in self.servers if server.name not in self.dead or dice.random() < 0.02]
        return dice.choice(living)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def send(self, client, method, path, body=None, server=None, **headers):
        """An answer, or `None` when there was none and could be none."""
        was_away = self.primary_is_away
        try:
            answer = client.send(method, path, body, server=server, **headers)
        except OSError as error:
            if server.name not in self.dead:
                self.fault(f"{method} {path} failed at a server that lives: {error}")
            self.count("cut off")
            return None
        if answer[0] >= 500:
            behind = b'"behind"' in answer[2]
            if not (behind or was_away or self.primary_is_away):
                self.fault(f"{method} {path} at {server.name}: {answer[0]} {answer[2].decode()}")
            self.count("told to wait for a change" if behind else "refused while the primary was away")
            return None
        return answer

    # --- Writing

    def write(self, number):
        client, dice = Client(self.servers, self.key), random.Random()
        mine, made, before = [], 0, {}
        while not self.stopping.is_set():
            if int(time.monotonic()) % QUIET_EACH == 0:
                time.sleep(0.05)
                continue
            server = self.one_that_lives(dice)
            if mine and dice.random() < 0.6:
                slug = dice.choice(mine)
                answer = self.send(client, "PATCH", f"/v1/articles/{slug}", {"title": f"{slug} {dice.random()}"}, server)
            else:
                made += 1
                slug = f"w{number}-{made}"
                article = {"slug": slug, "title": slug, "status": "published", "tags": [f"Writer {number}", f"Hundred {made // 100}"]}
                answer = self.send(client, "POST", "/v1/articles", article, server)
                mine.append(slug)
            if answer is None:
                # Nobody knows whether it happened: this article is left alone from here on.
                mine.remove(slug)
                with self.lock:
                    self.doubtful.add(slug)
                    self.versions.pop(slug, None)
                time.sleep(0.05)
                continue
            status, headers, content = answer
            if status not in (200, 201):
                self.fault(f"writing {slug} at {server.name}: {status} {content.decode()}")
                continue
            article, seq = json.loads(content), int(headers["Onrecord-Seq"])
            version = article["version"]
            with self.lock:
                self.versions[slug] = version
                self.changes[seq] = article["id"], before.get(slug, 0)
            before[slug] = seq
            self.count("writes acknowledged")
            self.look_back(client, dice, slug, version, seq, server)
            time.sleep(dice.random() * 0.03)

    def look_back(self, client, dice, slug, version, seq, server):
        """Nobody else writes this article: what was written must be read."""
        anonymous = Client(self.servers)
        anonymous.connections = client.connections
        self.told_of(server, slug, version)
        for there, headers in [(server, {}), (self.one_that_lives(dice), {"Min_Seq": seq})]:
            answer = self.send(anonymous, "GET", f"/v1/articles/{slug}", None, there, **headers)
            if answer is None:
                continue
            status, _, content = answer
            found = json.loads(content).get("version") if status == 200 else status
            if found != version:
                self.fault(f"stale: {slug} is {found} at {there.name}, written as {version} (change {seq}) at {server.name}")
            self.count("reads with Min-Seq" if headers else "reads of one's own write")

    # --- Reading

    def told_of(self, server, slug, version):
        with self.lock:
            told = self.told[server.name]
            told[slug] = max(version, told.get(slug, 0))

    def read(self, _):
        client, dice, told = Client(self.servers), random.Random(), collections.deque()
        while not self.stopping.is_set():
            # What one server wrote, another may not know of for a second, not even if it has told of it in between.
            while told and told[0][0] < time.monotonic() - 1:
                self.told_of(*told.popleft()[1:])
            server = self.one_that_lives(dice)
            with self.lock:
                slug = dice.choice(list(self.versions)) if self.versions else None
                least = self.told[server.name].get(slug, 0)
                was_away = self.primary_is_away
            if slug is None:
                time.sleep(0.05)
                continue
            answer = self.send(client, "GET", f"/v1/articles/{slug}", None, server)
            if answer is None:
                time.sleep(0.02)
                continue
            status, _, content = answer
            version = json.loads(content)["version"] if status == 200 else 0
            if version < max(least, 1):
                self.fault(f"stale: {slug} is {version} ({status}) at {server.name}, which has told of {least}")
            told.append((time.monotonic(), server, slug, version))
            self.count("reads while the primary was away" if was_away else "reads")
            time.sleep(0.002)

    # --- Following

    def follow(self, _):
        """Reads on from the last number, at any server."""
        client, dice, seen = Client(self.servers, self.key), random.Random(), []
        with self.lock:
            self.followed.append(seen)
        while self.end is None or not seen or seen[-1] < self.end:
            after, server = seen[-1] if seen else 0, self.one_that_lives(dice)
            answer = self.send(client, "GET", f"/v1/changes?after={after}&limit=50", None, server)
            if answer is None:
                time.sleep(0.05)
                continue
            status, _, content = answer
            if status != 200:
                self.fault(f"following from {after} at {server.name}: {status} {content.decode()}")
                return
            seen.extend(item["seq"] for item in json.loads(content)["items"])
            self.count("pages of changes")
            time.sleep(0.05)
