"""The cases that say so with CPython and pip's boto3 against the local server: the same calls, the same output; and some
scripts of scenarios, which tests/python/library.mjs runs in the page.

Run by `cargo xtask test --only clients`. What is expected is what the page's Python is held to, too.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

CASES = pathlib.Path(__file__).parent / "cases"
SCRIPTS = pathlib.Path(__file__).parents[2] / "static/scripts"
# Of scenarios that take some seconds: what each script says at last. Those that run for ever are ended then.
LAST_WORDS = {
    "list-and-prefix": {"list_queues.py": "invoices: An error occurred (AWS.SimpleQueueService.NonExistentQueue)"},
    "delay-queue": {"sender.py": "it is delayed for five seconds", "receiver.py": "No message for ten seconds"},
    "visibility-timeout": {"upload.py": "Uploaded image 4", "workers.py": "(time 2!)"},
    # Its workers need colorama, which is not among pip's packages here.
    "worker-threads": {"producer.py": "Ordered report 40"},
}
SECONDS_MAX = 90

# Runs a script, and writes down which calls botocore makes for it.
RECORDER = """
import runpy, sys
import botocore.httpsession
send = botocore.httpsession.URLLib3Session.send
log = sys.argv[1]
def record(self, request):
    with open(log, "a") as file:
        print(request.headers["X-Amz-Target"].decode().rpartition(".")[2], file=file)
    return send(self, request)
botocore.httpsession.URLLib3Session.send = record
runpy.run_path(sys.argv[2], run_name="__main__")
"""


def expected(case):
    """What the script prints, and the names of its calls."""
    lines = (CASES / case / "expected.txt").read_text().splitlines()
    parsed = [re.fullmatch(r" *[\d.]+ \S+ (.) ?(.*)", line).groups() for line in lines]
    output = [text for mark, text in parsed if mark == "|"]
    calls = [text.split(" ")[0] for mark, text in parsed if mark == ">"]
    return output, calls


def environment():
    return {
        **os.environ,
        "AWS_ENDPOINT_URL": os.environ["SQS_ENDPOINT"],
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "PYTHONUNBUFFERED": "1",
    }


def found(case):
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "calls"
        command = [sys.executable, "-c", RECORDER, str(log), str(CASES / case / "main.py")]
        run = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120)
        return run.stdout.splitlines(), log.read_text().splitlines()


def reset():
    request = urllib.request.Request(os.environ["SQS_ENDPOINT"] + "/_reset", method="POST")
    urllib.request.urlopen(request, timeout=60).close()


class Cases(unittest.TestCase):
    def test_the_same_calls_and_output(self):
        cases = [path.parent.name for path in sorted(CASES.glob("*/case.json")) if json.loads(path.read_text()).get("cpython")]
        self.assertGreater(len(cases), 2)
        for case in cases:
            with self.subTest(case):
                reset()
                self.assertEqual(found(case), expected(case))


class Library(unittest.TestCase):
    def test_scripts_of_scenarios_run_unchanged(self):
        reset()
        with tempfile.TemporaryDirectory() as place:
            running = []
            for scenario, words in LAST_WORDS.items():
                folder = pathlib.Path(place) / scenario
                shutil.copytree(SCRIPTS / scenario, folder)
                lines = [line.split() for line in (folder / "files.txt").read_text().splitlines()]
                if lines[0] == ["set_up.py"]:
                    subprocess.run([sys.executable, "set_up.py"], cwd=folder, env=environment(), timeout=60, check=True)
                for name, *arguments in lines:
                    if name in words:
                        running.append((name, words[name], *self.start(folder, name, arguments)))
            end = time.monotonic() + SECONDS_MAX
            for name, last, process, log in running:
                with self.subTest(log.parent.name, script=name):
                    while last not in log.read_text() and process.poll() is None and time.monotonic() < end:
                        time.sleep(0.1)
                    said = log.read_text()
                    self.assertIn(last, said)
                    self.assertNotIn("Traceback", said)
            for *_, process, _ in running:
                process.kill()
                process.wait()

    def start(self, folder, name, arguments):
        log = folder / f"{name}.log"
        with log.open("w") as file:
            command = [sys.executable, name, *arguments]
            return subprocess.Popen(command, cwd=folder, env=environment(), stdout=file, stderr=file), log


if __name__ == "__main__":
    unittest.main()
