"""Servers of Onrecord, and those who speak to them."""

import http.client
import json
import os
import pathlib
import socket
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent.parent / "target"))
PROGRAM = pathlib.Path(os.environ.get("ONRECORD_PROGRAM", TARGET / "debug" / "onrecord"))
# Links must be the same whoever is asked.
PUBLIC_URL = "http://news.example"


def environment():
    """A user's own settings are for another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}


def onrecord(*arguments):
    """Runs a command to its end, and answers what it wrote."""
    ran = subprocess.run([PROGRAM, *arguments], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if ran.returncode != 0:
        raise SystemExit(f"cluster: onrecord {' '.join(arguments)}: {ran.stderr}")
    return ran.stdout.strip()


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Server:
    """One `onrecord serve`, always on the same port."""

    def __init__(self, folder, name, database, *arguments):
        self.name, self.port, self.process = name, free_port(), None
        self.log = pathlib.Path(folder) / f"{name}.log"
        self.command = [PROGRAM, "serve", "--database", database, "--listen", f"127.0.0.1:{self.port}", "--public-url",
                        PUBLIC_URL, "--log", "warn", "--shutdown-seconds", "2", *arguments]

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    def ready(self, patience=60):
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise SystemExit(f"cluster: {self.name} has ended:\n{self.log.read_text()}")
            try:
                if Client([self]).send("GET", "/readyz")[0] == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit(f"cluster: {self.name} is not ready after {patience} s:\n{self.log.read_text()}")

    def kill(self):
        """As the system kills: nothing is finished."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def metric(self, name):
        text = Client([self]).send("GET", "/metrics")[2].decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))


class Client:
    """Somebody who speaks to servers, with a key or without one, over connections that stay open."""

    def __init__(self, servers, key=None):
        self.servers, self.key, self.connections = servers, key, {}

    def send(self, method, path, body=None, server=None, **headers):
        """Answers the status, the headers and the body's bytes; an `OSError` when nobody knows what became of it."""
        server = server or self.servers[0]
        headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if body is not None:
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        # A connection to a process that was killed says nothing of the one that has taken its place.
        process = server.process and server.process.pid
        connection = self.connections.pop((server.port, process), None)
        connection = connection or http.client.HTTPConnection("127.0.0.1", server.port, timeout=40)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise OSError(f"{server.name}: {error!r}") from error
        self.connections[(server.port, process)] = connection
        return answer.status, answer.headers, content

    def get(self, path, server=None, **headers):
        """The JSON of an answer that must be a good one."""
        status, _, content = self.send("GET", path, server=server, **headers)
        if status != 200:
            raise AssertionError(f"GET {path}: {status} {content.decode()}")
        return json.loads(content)
