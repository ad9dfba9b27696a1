"""A primary and a replica that follows it, in a folder of their own, as a user who may run them."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def server_programs():
    found = subprocess.run([HERE.parent / "postgres", "--bin"], stdout=subprocess.PIPE, text=True)
    if found.returncode != 0:
        raise SystemExit("cluster: PostgreSQL's server programs are missing; on Debian: apt-get install postgresql")
    return pathlib.Path(found.stdout.strip())


def other_user():
    """PostgreSQL refuses to run as root: root hands it to another user."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Databases:
    """The folder of both; gone at the end, whatever happens.

    The replica is late on purpose: that must be noticed, and not be waited for. Without syncs they are made for speed: what
    dies here are processes, not machines.
    """

    def __init__(self, delay="100ms", syncs=False):
        self.delay, self.syncs = delay, syncs

    def __enter__(self):
        self.bin = server_programs()
        self.user = other_user()
        free = shutil.disk_usage("/dev/shm").free if os.path.isdir("/dev/shm") else 0
        place = "/dev/shm" if free > 1 << 30 and not self.syncs else tempfile.gettempdir()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="onrecord-cluster.", dir=place))
        if self.user:
            os.chown(self.folder, self.user["user"], self.user["group"])
        self.primary = Database(self, "primary", 5432)
        self.replica = Database(self, "replica", 5433)
        try:
            self.primary.make()
            self.replica.copy_of(self.primary)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for database in (self.replica, self.primary):
            database.go_on()
            database.stop("immediate", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments, check=True):
        """Runs one of PostgreSQL's programs as the user of the servers."""
        # What a user has set for databases of their own is not for these.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with open(self.folder / "log", "ab") as log:
            ran = subprocess.run([self.bin / program, *arguments], cwd="/", env=environment, stdin=subprocess.DEVNULL,
                                 stdout=log, stderr=log, **self.user)
        if check and ran.returncode != 0:
            raise SystemExit(f"cluster: {program} failed:\n{(self.folder / 'log').read_text()}")


class Database:
    """One of them."""

    def __init__(self, home, name, port):
        self.home, self.name, self.port = home, name, port
        self.data = home.folder / name
        # A URL's host cannot hold a slash: the socket's folder is percent-encoded.
        host = str(home.folder).replace("/", "%2F")
        self.url = f"postgres://onrecord@{host}:{port}/onrecord"

    def make(self):
        self.home.run("initdb", f"--pgdata={self.data}", "--username=onrecord", "--auth=trust", "--encoding=UTF8",
                      "--locale=C.UTF-8", "--no-sync")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.home.folder}'\nport = {self.port}\n"
                           f"fsync = {'on' if self.home.syncs else 'off'}\nmax_connections = 200\nwal_level = replica\nhot_standby = on\n")
        self.start()
        self.home.run("createdb", f"--host={self.home.folder}", f"--port={self.port}", "--username=onrecord", "onrecord")

    def copy_of(self, primary):
        self.home.run("pg_basebackup", f"--host={self.home.folder}", f"--port={primary.port}", "--username=onrecord",
                      f"--pgdata={self.data}", "--write-recovery-conf", "--checkpoint=fast", "--no-sync",
                      "--create-slot", "--slot=replica")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"port = {self.port}\nrecovery_min_apply_delay = '{self.home.delay}'\n")
        self.start()

    def start(self):
        self.home.run("pg_ctl", "start", "--silent", "--wait", f"--pgdata={self.data}", f"--log={self.home.folder}/{self.name}.log")

    def stop(self, mode, check=True):
        if (self.data / "postmaster.pid").exists():
            self.home.run("pg_ctl", "stop", "--silent", f"--mode={mode}", f"--pgdata={self.data}", check=check)

    def bench(self, script, clients, seconds):
        """Transactions a second of a script, by pgbench."""
        (self.home.folder / "script.sql").write_text(script)
        (self.home.folder / "script.sql").chmod(0o644)
        ran = subprocess.run([self.home.bin / "pgbench", "--no-vacuum", f"--client={clients}", f"--time={seconds:.0f}",
                              f"--file={self.home.folder}/script.sql", self.url], capture_output=True, text=True, check=True)
        return float(next(line for line in ran.stdout.splitlines() if line.startswith("tps")).split()[2])

    def ask(self, sql):
        """The rows of an answer, as lists of texts."""
        asked = subprocess.run([self.home.bin / "psql", self.url, "-XqAt", "-F", "\t", "-c", sql],
                               stdout=subprocess.PIPE, text=True, check=True)
        return [line.split("\t") for line in asked.stdout.splitlines()]

    def hold_still(self):
        """Its processes answer nobody any more, and nobody is told."""
        self._signal(signal.SIGSTOP)

    def go_on(self):
        self._signal(signal.SIGCONT)

    def _signal(self, sign):
        file = self.data / "postmaster.pid"
        if not file.exists():
            return
        head = int(file.read_text().split("\n", 1)[0])
        children = pathlib.Path(f"/proc/{head}/task/{head}/children")
        for pid in [head, *map(int, children.read_text().split())] if children.exists() else []:
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                pass

    def has_caught_up_with(self, primary, patience=30):
        """Waits until all that the primary has is here; whether it came to that."""
        end = primary.ask("SELECT pg_current_wal_lsn()")[0][0]
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.ask(f"SELECT coalesce(pg_last_wal_replay_lsn() >= '{end}', false)") == [["t"]]:
                return True
            time.sleep(0.05)
        return False
