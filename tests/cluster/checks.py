"""What must hold when all is over. Each check takes the cluster, and answers what it has looked at or fails an assertion."""

import json
import os
import re
import signal
import subprocess
import time

from servers import HERE, PROGRAM, Client, environment, free_port, onrecord

CHECKS = []
DOCUMENT = HERE.parent.parent / "docs" / "scaling.md"


def check(holds):
    CHECKS.append(holds)
    return holds


@check
def no_surprise_under_way(cluster):
    """No stale answer, and no error but those that must be."""
    load = cluster.load
    assert not load.faults, f"{len(load.faults)} faults, the first: " + "; ".join(load.faults[:3])
    least = {"writes acknowledged": 200, "reads of one's own write": 200, "reads with Min-Seq": 200, "reads": 500}
    for what, number in least.items():
        assert load.counts[what] >= number, f"only {load.counts[what]} {what}"
    return ", ".join(f"{number} {what}" for what, number in sorted(load.counts.items()))


@check
def replicas_were_read(cluster):
    """The replica has answered readers of every server, and been passed over when it lacked something."""
    counts = [[int(server.metric(f"onrecord_db_replica_{what}_total")) for what in ("reads", "passed_over")]
              for server in cluster.servers]
    assert all(answered > 0 for answered, _ in counts), counts
    assert sum(passed for _, passed in counts) > 0, counts
    states = [Client([server]).get("/readyz")["replicas"] for server in cluster.servers]
    assert all(state == [{"number": 1, "up": True, "behind": 0}] for state in states), states
    return f"answered and passed over since their start: {counts}"


@check
def no_lost_and_no_repeated_seq(cluster):
    """Every acknowledged write is in the log with its number; every follower has seen the whole log, once, in order."""
    log = [(int(seq), resource) for seq, resource in cluster.primary.ask("SELECT seq, resource_id FROM changes ORDER BY seq")]
    numbers, about = [seq for seq, _ in log], {}
    for seq, resource in log:
        about.setdefault(resource, []).append(seq)
    for seq, (article, before) in cluster.load.changes.items():
        assert seq in set(about.get(article, [])) or any(before < it <= seq for it in about.get(article, [])), \
            f"the acknowledged change {seq} of {article} is not in the log"
    assert len(set(numbers)) == len(numbers), "a number is there twice"
    for seen in cluster.load.followed:
        assert seen == numbers, f"a follower has seen {len(seen)} of {len(numbers)} changes, or in another order"
    return f"{len(numbers)} changes, {len(cluster.load.changes)} acknowledged, {len(cluster.load.followed)} followers"


@check
def no_lost_write(cluster):
    """Every acknowledged version is there, and nothing in an article's way that nobody wrote."""
    rows = {slug: int(version) for slug, version in cluster.primary.ask("SELECT slug, version FROM articles")}
    for slug, version in cluster.load.versions.items():
        assert rows.get(slug) == version, f"{slug} is {rows.get(slug)}, acknowledged as {version}"
    unknown = set(rows) - set(cluster.load.versions) - cluster.load.doubtful
    assert not unknown, unknown
    return f"{len(rows)} articles, {len(cluster.load.doubtful)} of them written into a fault"


@check
def what_is_written_is_everywhere_within_a_second(cluster):
    """No server goes on showing what it had in its memory."""
    writer, readers = Client(cluster.servers, cluster.key), Client(cluster.servers)
    slugs = sorted(cluster.load.versions)[:20]
    for slug in slugs:
        for server in cluster.servers:
            readers.get(f"/v1/articles/{slug}", server)
    for n, slug in enumerate(slugs):
        server = cluster.servers[n % len(cluster.servers)]
        status, _, content = writer.send("PATCH", f"/v1/articles/{slug}", {"title": f"{slug} at last"}, server)
        assert status == 200, content
    time.sleep(1)
    for slug in slugs:
        for server in cluster.servers:
            title = readers.get(f"/v1/articles/{slug}", server)["title"]
            assert title == f"{slug} at last", f"{server.name} says {title}"
    return f"{len(slugs)} articles at {len(cluster.servers)} servers"


@check
def all_servers_answer_what_the_database_says(cluster):
    """Lists, articles and tags, byte for byte, as a server answers that reads the primary alone and was never asked before."""
    assert cluster.replica.has_caught_up_with(cluster.primary)
    client, compared = Client(cluster.servers), 0
    with cluster.one_more_server() as reference:
        paths = ["/v1/tags?limit=100", "/v1/changes?after=0&limit=100"]
        paths += [f"/v1/articles/{slug}" for (slug,) in cluster.primary.ask("SELECT slug FROM articles ORDER BY slug")]
        page = "/v1/articles?limit=100&order=title&include=body,quotes,links,authors"
        while page:
            cursor = json.loads(client.send("GET", page, server=reference)[2])["next_cursor"]
            paths.append(page)
            page = cursor and page.split("&cursor")[0] + f"&cursor={cursor}"
        for path in paths:
            status, _, truth = client.send("GET", path, server=reference)
            for server in cluster.servers:
                answer = client.send("GET", path, server=server)
                assert (answer[0], answer[2]) == (status, truth), f"{server.name} answers {path} otherwise: {answer[2][:300]}"
                compared += 1
        titles = dict(cluster.primary.ask("SELECT slug, title FROM articles"))
        for slug, title in titles.items():
            assert client.get(f"/v1/articles/{slug}", reference)["title"] == title
    return f"{compared} answers"


@check
def the_commands_of_the_documentation_run(cluster):
    """From one file to PostgreSQL, several servers and a replica, as docs/scaling.md has it."""
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL))
    for port in set(re.findall(r"127\.0\.0\.1:(\d+)", script)):
        script = script.replace(f"127.0.0.1:{port}", f"127.0.0.1:{free_port()}")
    folder = cluster.folder / "documented"
    folder.mkdir()
    onrecord("demo-data", "--articles", "20", "--database", f"sqlite:{folder / 'onrecord.db'}")
    variables = environment() | {"PRIMARY": cluster.primary.url, "REPLICA": cluster.replica.url, "DATA": str(folder / "data")}
    variables["PATH"] = f"{PROGRAM.parent}:{cluster.primary.home.bin}:{variables['PATH']}"
    with open(folder / "out", "wb") as out, open(folder / "log", "wb") as log:
        shell = subprocess.Popen(["bash", "-euc", script], cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=log,
                                 start_new_session=True)
        try:
            code = shell.wait(timeout=90)
        finally:
            os.killpg(shell.pid, signal.SIGKILL)
    said = (folder / "out").read_text()
    assert code == 0, said + (folder / "log").read_text()[-2000:]
    assert said.count('"status":"ok"') == 3 and '"replicas":[{"number":1,"up":true,' in said, said
    return f"{len(script.splitlines())} lines"
