"""The cases that say so with CPython and pip's boto3 against the local server: the same calls, the same output.

Run by `cargo xtask test --only clients`. What is expected is what the page's Python is held to, too.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

CASES = pathlib.Path(__file__).parent / "cases"

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


def found(case):
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": os.environ["SQS_ENDPOINT"],
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "calls"
        command = [sys.executable, "-c", RECORDER, str(log), str(CASES / case / "main.py")]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        return run.stdout.splitlines(), log.read_text().splitlines()


class Cases(unittest.TestCase):
    def test_the_same_calls_and_output(self):
        cases = [path.parent.name for path in sorted(CASES.glob("*/case.json")) if json.loads(path.read_text()).get("cpython")]
        self.assertGreater(len(cases), 2)
        for case in cases:
            with self.subTest(case):
                self.reset()
                self.assertEqual(found(case), expected(case))

    def reset(self):
        import urllib.request

        request = urllib.request.Request(os.environ["SQS_ENDPOINT"] + "/_reset", method="POST")
        urllib.request.urlopen(request, timeout=60).close()


if __name__ == "__main__":
    unittest.main()
