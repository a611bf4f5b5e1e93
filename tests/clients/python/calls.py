"""Whether boto3 and the AWS CLI take calls as the page writes them for what they are.

`SQS_CALLS` names a file that `examples/calls.rs` has written. Nothing is sent: what the clients are about to send is
compared with the request that was meant, and an answer of the service is handed to them in place of a server's. The
same file runs with boto3 and with the AWS CLI, whichever is installed.
"""

import base64
import contextlib
import io
import json
import os
import subprocess
import sys
import unittest

os.environ |= {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_PAGER": "",
    "AWS_EC2_METADATA_DISABLED": "true",
}

try:
    import boto3
except ImportError:
    boto3 = None
    import awscli.clidriver
    from awscli.botocore.awsrequest import AWSResponse
else:
    from botocore.awsrequest import AWSResponse

with open(os.environ["SQS_CALLS"], encoding="utf-8") as file:
    CALLS = json.load(file)


class Raw(io.BytesIO):
    """What urllib3 hands out as the body of a response."""

    def stream(self, **_):
        yield self.read()


class Wire:
    """Takes what is about to be sent, and answers it."""

    def __init__(self):
        self.sent = None
        self.answer = {"status": 200, "headers": {}, "body": "{}"}

    def __call__(self, request, **_):
        target = request.headers["X-Amz-Target"]
        target = target if isinstance(target, str) else target.decode()
        self.sent = (target, json.loads(request.body))
        answer = self.answer
        return AWSResponse(request.url, answer["status"], answer["headers"], Raw(answer["body"].encode()))

    def check(self, test, call, members):
        test.assertEqual(self.sent, (f"AmazonSQS.{call['action']}", members))
        self.sent = None


def words(commands):
    """The words that a shell makes of the commands."""
    script = "".join(f"say {command[len('aws '):]}\nprintf '\\1'\n" for command in commands)
    script = "say() { for word; do printf '%s\\0' \"$word\"; done; }\n" + script
    output = subprocess.run(["sh"], input=script.encode(), capture_output=True, check=True).stdout
    return [each.decode().split("\0")[:-1] for each in output.split(b"\1")[:-1]]


@unittest.skipUnless(boto3, "boto3 is not installed")
class Boto3(unittest.TestCase):
    def setUp(self):
        self.wire = Wire()
        self.sqs = boto3.client("sqs")
        self.sqs.meta.events.register("before-send.sqs", self.wire)

    def run_code(self, code):
        return eval(code, {"sqs": self.sqs})

    def test_requests(self):
        for call in CALLS["requests"]:
            with self.subTest(code=call["code"]):
                self.run_code(call["code"])
                self.wire.check(self, call, call["members"])

    def test_scripts_are_whole(self):
        client = boto3.client
        self.addCleanup(setattr, boto3, "client", client)
        boto3.client = lambda service, region_name: self.sqs
        for call in CALLS["requests"]:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(call["script"], {})
            self.wire.check(self, call, call["members"])
            self.assertIn("ResponseMetadata", printed.getvalue())

    def test_answers(self):
        for call in CALLS["answers"]:
            self.wire.answer = call
            with self.subTest(code=call["code"], body=call["body"]):
                try:
                    answer = self.run_code(call["code"])
                except self.sqs.exceptions.ClientError as error:
                    self.assertEqual(call["shown"], f"{type(error).__module__}.{type(error).__name__}: {error}")
                else:
                    answer["ResponseMetadata"] = {...}
                    self.assertEqual(self.run_code(call["shown"]), answer)


def as_version_1(members):
    """The members as version 1 of the CLI sends them: it takes base64 for the bytes themselves."""
    if isinstance(members, list):
        return [as_version_1(value) for value in members]
    if not isinstance(members, dict):
        return members
    encoded = lambda text: base64.b64encode(text.encode()).decode()
    sent = {}
    for name, value in members.items():
        if name == "BinaryValue" and isinstance(value, str):
            sent[name] = encoded(value)
        elif name == "BinaryListValues" and isinstance(value, list):
            sent[name] = [encoded(each) for each in value]
        else:
            sent[name] = as_version_1(value)
    return sent


def laid_out(text):
    """The same JSON as the CLI lays it out; the order of members is the model's there, and does not matter."""
    return text and json.dumps(json.loads(text), indent=4, ensure_ascii=False) + "\n"


@unittest.skipIf(boto3, "the AWS CLI is not installed")
class Cli(unittest.TestCase):
    def setUp(self):
        self.wire = Wire()
        self.driver = awscli.clidriver.create_clidriver()
        self.driver.session.register("before-send.sqs", self.wire)

    def run_words(self, words):
        with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(io.StringIO()) as errors:
            try:
                status = self.driver.main([*words, "--output", "json"])
            except SystemExit as end:
                status = end.code
        return status, printed.getvalue(), errors.getvalue()

    def test_requests(self):
        for call, line in zip(CALLS["requests"], words(call["command"] for call in CALLS["requests"]), strict=True):
            with self.subTest(command=call["command"]):
                status, _, errors = self.run_words(line)
                self.assertEqual(status, 0, errors)
                self.wire.check(self, call, as_version_1(call["members"]))

    def test_answers(self):
        for call, line in zip(CALLS["answers"], words(call["command"] for call in CALLS["answers"]), strict=True):
            self.wire.answer = call
            with self.subTest(command=call["command"], body=call["body"]):
                status, printed, errors = self.run_words(line)
                if call["status"] == 200:
                    self.assertEqual(status, 0, errors)
                    self.assertEqual(*(text and json.loads(text) for text in (printed, call["printed"])))
                    self.assertEqual(laid_out(call["printed"]), call["printed"])
                else:
                    self.assertNotEqual(status, 0)
                    self.assertEqual(errors.strip(), call["printed"])


if __name__ == "__main__":
    print(f"boto3 {boto3.__version__}" if boto3 else f"AWS CLI {awscli.__version__}")
    unittest.main()
