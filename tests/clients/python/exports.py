"""Whether what people take away works: queues as code, and actors as scripts.

`SQS_EXPORTS` names a file that `examples/exports.rs` has written. The same file runs with boto3, with the AWS CLI, and with
cfn-lint and python-hcl2, whichever is installed: code for boto3 and commands of the CLI make the queues on a server, and
what the server says of them is compared; templates and configurations are linted and parsed; scripts run.
"""

import importlib.util
import json
import os
import pathlib
import py_compile
import subprocess
import sys
import tempfile
import unittest
import urllib.request

ENDPOINT = os.environ["SQS_ENDPOINT"]
ACCOUNT = "123456789012"
# What nobody sets.
READ_ONLY = {
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
}
ARGUMENTS = {
    "fifo_queue": "FifoQueue",
    "content_based_deduplication": "ContentBasedDeduplication",
    "delay_seconds": "DelaySeconds",
    "max_message_size": "MaximumMessageSize",
    "message_retention_seconds": "MessageRetentionPeriod",
    "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
    "visibility_timeout_seconds": "VisibilityTimeout",
    "kms_data_key_reuse_period_seconds": "KmsDataKeyReusePeriodSeconds",
    "sqs_managed_sse_enabled": "SqsManagedSseEnabled",
}

with open(os.environ["SQS_EXPORTS"], encoding="utf-8") as file:
    EXPORTS = json.load(file)

# Those that have more than plain queues: the real tools take a second for each thing that they do.
TELLING = [topology for topology in EXPORTS["topologies"] if "Policy" in json.dumps(topology["queues"])]
assert len(TELLING) > 3


def installed(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return unittest.skipIf(missing, f"{missing} are not installed")


def written(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Account:
    """An account of its own on the server, which 12 digits in place of a key choose."""

    number = 0

    def __init__(self, region):
        Account.number += 1
        self.account = f"{Account.number:012}"
        self.region = region
        self.environment = os.environ | {
            "AWS_ENDPOINT_URL": ENDPOINT,
            "AWS_ACCESS_KEY_ID": self.account,
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_MAX_ATTEMPTS": "1",
        }

    def run(self, *command, **variables):
        result = subprocess.run(
            command, env=self.environment | variables, capture_output=True, text=True, timeout=300
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def call(self, action, **members):
        credential = f"{self.account}/20260101/{self.region}/sqs/aws4_request"
        headers = {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"AmazonSQS.{action}",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0",
        }
        request = urllib.request.Request(ENDPOINT, data=json.dumps(members).encode(), headers=headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            body = response.read()
        return json.loads(body) if body else {}

    def attributes(self, url):
        attributes = self.call("GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return {name: parsed(name, value) for name, value in attributes.items() if name not in READ_ONLY}

    def queues(self):
        """All queues: what differs from new ones, and the tags."""
        usual = {False: self.usual("usual"), True: self.usual("usual.fifo", FifoQueue="true")}
        usual[True].pop("FifoQueue")
        queues = {}
        for url in self.call("ListQueues")["QueueUrls"]:
            name = url.rsplit("/", 1)[1]
            if name in ("usual", "usual.fifo"):
                continue
            attributes = self.attributes(url)
            same = usual["FifoQueue" in attributes].items()
            for attribute, value in same:
                if attributes.get(attribute) == value:
                    attributes.pop(attribute)
            if "KmsMasterKeyId" in attributes:
                attributes.pop("SqsManagedSseEnabled")
                if attributes["KmsDataKeyReusePeriodSeconds"] == "300":
                    attributes.pop("KmsDataKeyReusePeriodSeconds")
            queues[name] = {"attributes": attributes, "tags": self.call("ListQueueTags", QueueUrl=url).get("Tags", {})}
        return queues

    def usual(self, name, **attributes):
        return self.attributes(self.call("CreateQueue", QueueName=name, Attributes=attributes)["QueueUrl"])

    def wanted(self, topology):
        """The queues of a topology as they are in this account."""
        theirs, ours = (f"arn:aws:sqs:{self.region}:{account}:" for account in (ACCOUNT, self.account))
        queues = json.loads(json.dumps(topology["queues"]).replace(theirs, ours))
        for queue in queues.values():
            queue["attributes"] = {name: parsed(name, value) for name, value in queue["attributes"].items()}
        return queues


def parsed(name, value):
    return json.loads(value) if name.endswith("Policy") else value


class Queues(unittest.TestCase):
    maxDiff = None

    def rebuild(self, make):
        for topology in TELLING:
            with self.subTest(topology["name"]), tempfile.TemporaryDirectory() as folder:
                account = Account(topology["region"])
                make(topology, account, folder)
                self.assertEqual(account.queues(), account.wanted(topology))

    @installed("boto3")
    def test_boto3_code_makes_the_queues(self):
        def make(topology, account, folder):
            account.run(sys.executable, written(folder, "create_queues.py", topology["boto3"]))

        self.rebuild(make)

    @installed("awscli")
    def test_commands_of_the_aws_cli_make_the_queues(self):
        def make(topology, account, folder):
            path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
            account.run("bash", written(folder, "create_queues.sh", topology["aws_cli"]), PATH=path)

        self.rebuild(make)

    @installed("cfnlint")
    def test_cloudformation_is_without_fault(self):
        from cfnlint.api import lint_file, ManualArgs

        for topology in TELLING:
            for form in ("json", "yaml"):
                with self.subTest(topology["name"], form=form), tempfile.TemporaryDirectory() as folder:
                    path = written(folder, f"template.{form}", topology[f"cloudformation_{form}"])
                    faults = lint_file(pathlib.Path(path), config=ManualArgs(regions=[topology["region"]]))
                    self.assertEqual([str(fault) for fault in faults], [])

    @installed("hcl2")
    def test_terraform_has_the_resources(self):
        import hcl2

        for topology in EXPORTS["topologies"]:
            with self.subTest(topology["name"]):
                blocks = hcl2.loads(topology["terraform"])["resource"] if topology["queues"] else []
                configuration = json.loads(topology["terraform_json"])["resource"]
                found = [
                    (plain(kind), plain(label), body)
                    for block in blocks
                    for kind, labelled in block.items()
                    for label, body in labelled.items()
                ]
                expected = [(kind, label) for kind, labelled in configuration.items() for label in labelled]
                self.assertEqual(sorted(found[:2] for found in found), sorted(expected))
                queues = {plain(body["name"]): body for kind, _, body in found if kind == "aws_sqs_queue"}
                self.assertEqual(set(queues), set(topology["queues"]))
                for name, queue in topology["queues"].items():
                    attributes = queue["attributes"]
                    arguments = {
                        attribute: json.dumps(queues[name][argument])
                        for argument, attribute in ARGUMENTS.items()
                        if argument in queues[name]
                    }
                    wanted = {name: attributes[name] for name in ARGUMENTS.values() if name in attributes}
                    self.assertEqual(arguments, wanted)
                    tags = {plain(key): plain(value) for key, value in queues[name].get("tags", {}).items()}
                    self.assertEqual(tags, queue["tags"])

    @installed("hcl2")
    def test_texts_of_terraform_are_whole(self):
        import hcl2

        [rich] = [topology for topology in EXPORTS["topologies"] if topology["name"] == "rich"]
        policy = json.loads(rich["queues"]["orders"]["attributes"]["Policy"])
        [text] = [
            body["policy"]
            for block in hcl2.loads(rich["terraform"])["resource"]
            for kind, labelled in block.items()
            if plain(kind) == "aws_sqs_queue_policy"
            for body in labelled.values()
        ]
        # In a text of Terraform a dollar or a percent sign before a brace is doubled.
        wanted = json.dumps(policy["Id"], ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
        self.assertIn(f"Id = {wanted}", text)


def plain(text):
    """A text without its quotation marks, which some versions leave."""
    return json.loads(text) if text.startswith('"') else text


class Scripts(unittest.TestCase):
    def folder(self, scenario):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for script in scenario["files"]:
            written(folder.name, script["name"], script["text"])
        return folder.name

    def test_they_compile(self):
        for scenario in EXPORTS["scripts"]:
            folder = self.folder(scenario)
            for script in scenario["files"]:
                with self.subTest(scenario["name"], script=script["name"]):
                    py_compile.compile(os.path.join(folder, script["name"]), doraise=True)

    @installed("boto3")
    def test_they_do_what_the_actors_do(self):
        playing = os.path.join(os.path.dirname(os.path.abspath(__file__)), "playing.py")
        for scenario in EXPORTS["scripts"]:
            with self.subTest(scenario["name"]):
                reset = urllib.request.Request(f"{ENDPOINT}/_reset", method="POST")
                urllib.request.urlopen(reset, timeout=60).close()
                account = Account("us-east-1")
                result = account.run(sys.executable, playing, str(scenario["seconds"]), self.folder(scenario))
                self.compare(scenario, json.loads(result))

    def compare(self, scenario, results):
        names = [script["name"] for script in scenario["files"] if script["name"] != "set_up.py"]
        for actor, name in zip(scenario["actors"], names, strict=True):
            result = results[name]
            with self.subTest(actor=actor["name"]):
                # Who ends by an error there does so here.
                error = result["error"] or ""
                self.assertEqual(bool(error), bool(actor["error"]), error)
                self.assertIn(actor["error"] or "", error)
                if not scenario["is_strict"]:
                    continue
                for count in ("sent", "received", "deleted"):
                    # What is left to chance differs, and so may the order at one instant.
                    there, here = actor[count], result.get(count, 0)
                    self.assertLessEqual(abs(there - here), max(2, there // 10), (count, there, here))


if __name__ == "__main__":
    unittest.main()
