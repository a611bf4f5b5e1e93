"""Runs the scripts of a scenario together on a server's virtual clock, and prints what each has done as JSON.

    SQS_ENDPOINT=... python playing.py SECONDS FOLDER

The scripts are not changed: what they import as `time`, `threading` and `boto3` knows of the virtual clock. Time moves
only while every thread of every script sleeps, waits for another, or has a long poll at the server.
"""

import builtins
import collections
import heapq
import http.client
import itertools
import json
import os
import sys
import threading
import traceback
import types
import urllib.parse

ENDPOINT = os.environ["SQS_ENDPOINT"]
# Twelve digits choose the account.
os.environ |= {"AWS_ENDPOINT_URL": ENDPOINT, "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "secret"}

import boto3  # noqa: E402: it reads the environment

# What a call takes, there and back.
LATENCY = 0.04


CONTROL = http.client.HTTPConnection(urllib.parse.urlsplit(ENDPOINT).netloc, timeout=60)


def control(method, path, body=None):
    CONTROL.request(method, path, body=None if body is None else json.dumps(body))
    return json.load(CONTROL.getresponse())


class Stage:
    """All threads of all scripts, and what each of them does."""

    def __init__(self):
        self.changed = threading.Condition()
        self.clock = control("GET", "/_clock")
        self.now_ms = self.clock["now_ms"]
        self.live = 0
        self.calling = 0
        self.idle = 0
        self.sleepers = []
        self.numbers = itertools.count()

    def end(self):
        with self.changed:
            self.live -= 1
            self.changed.notify_all()

    def sleep(self, seconds):
        woken = threading.Event()
        with self.changed:
            wake_ms = self.now_ms + round(max(seconds, 0) * 1000)
            heapq.heappush(self.sleepers, (wake_ms, next(self.numbers), woken))
            self.changed.notify_all()
        woken.wait()

    def count(self, name, change):
        with self.changed:
            setattr(self, name, getattr(self, name) + change)
            self.changed.notify_all()

    def play(self, seconds):
        """Moves the time, until all scripts have ended or so many seconds are over."""
        end_ms = self.now_ms + seconds * 1000
        with self.changed:
            while self.live and self.now_ms < end_ms:
                if len(self.sleepers) + self.calling + self.idle < self.live:
                    self.changed.wait()
                    continue
                if self.calling:
                    self.clock = control("GET", "/_clock")
                if self.clock["waiting_calls"] < self.calling:
                    # A call is on its way, there or back.
                    self.changed.wait(0.001)
                    continue
                self.step(end_ms)

    def step(self, end_ms):
        if self.sleepers and self.sleepers[0][0] <= self.now_ms:
            heapq.heappop(self.sleepers)[2].set()
            return
        times = [sleeper[0] for sleeper in self.sleepers[:1]] + [end_ms]
        if self.calling and self.clock["next_event_ms"] is not None:
            times.append(self.clock["next_event_ms"])
        next_ms = max(min(times), self.now_ms)
        self.clock = control("POST", "/_clock/advance", {"seconds": (next_ms - self.now_ms) / 1000})
        self.now_ms = next_ms


STAGE = Stage()


class Client:
    """A client whose calls take time, and are counted."""

    def __init__(self, client, counts):
        self.client = client
        self.counts = counts

    def __getattr__(self, name):
        found = getattr(self.client, name)
        return found if name == "exceptions" else lambda **parameters: self.call(name, found, parameters)

    def call(self, name, method, parameters):
        STAGE.sleep(LATENCY)
        self.counts["calls"] += 1
        STAGE.count("calling", 1)
        try:
            response = method(**parameters)
        except Exception:
            self.counts["errors"] += 1
            raise
        finally:
            STAGE.count("calling", -1)
        for action, counted, number in [
            ("send_message", "sent", 1),
            ("send_message_batch", "sent", len(response.get("Successful", []))),
            ("receive_message", "received", len(response.get("Messages", []))),
            ("delete_message", "deleted", 1),
            ("delete_message_batch", "deleted", len(response.get("Successful", []))),
        ]:
            if action == name:
                self.counts[counted] += number
        return response


class Thread(threading.Thread):
    """A thread of a script."""

    def start(self):
        with STAGE.changed:
            STAGE.live += 1
        super().start()

    def run(self):
        try:
            super().run()
        finally:
            STAGE.end()

    def join(self, timeout=None):
        STAGE.count("idle", 1)
        super().join(timeout)
        STAGE.count("idle", -1)


class Script:
    """A script in a thread, in place of a process of its own."""

    clients = threading.Lock()

    def __init__(self, path):
        self.name = os.path.basename(path)
        with open(path, encoding="utf-8") as file:
            self.code = compile(file.read(), path, "exec")
        self.counts = collections.Counter()
        self.lines = 0
        self.error = None
        self.has_ended = False
        self.thread = Thread(target=self.run, daemon=True)

    def run(self):
        names = {"__name__": "__main__", "__builtins__": vars(builtins) | {"__import__": self.load, "print": self.print}}
        try:
            exec(self.code, names)
        except BaseException:
            self.error = traceback.format_exc()
        self.has_ended = True

    def print(self, *words):
        self.lines += 1

    def load(self, name, *rest):
        modules = {
            "time": types.SimpleNamespace(sleep=STAGE.sleep, monotonic=lambda: STAGE.now_ms / 1000),
            "threading": types.SimpleNamespace(Thread=Thread, Semaphore=threading.Semaphore),
            "boto3": types.SimpleNamespace(client=self.client),
        }
        return modules.get(name) or __import__(name, *rest)

    def client(self, *words, **options):
        with self.clients:
            return Client(boto3.Session().client(*words, **options), self.counts)

    def result(self):
        return dict(self.counts) | {"has_ended": self.has_ended, "error": self.error, "lines": self.lines}


def main(seconds, folder):
    names = sorted(name for name in os.listdir(folder) if name.endswith(".py"))
    scripts = [Script(os.path.join(folder, name)) for name in names]
    for script in scripts:
        if script.name == "set_up.py":
            script.thread.start()
            STAGE.play(60)
    others = [script for script in scripts if script.name != "set_up.py"]
    with STAGE.changed:
        for script in others:
            script.thread.start()
    STAGE.play(seconds)
    print(json.dumps({script.name: script.result() for script in scripts}))
    sys.stdout.flush()
    # Those that run for ever end here.
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
