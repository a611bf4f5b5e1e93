"""What the AWS CLI makes of the server: each action once, and the errors' way through."""

import json
import os
import subprocess
import sys
import unittest

ENDPOINT = os.environ["SQS_ENDPOINT"]
ENVIRONMENT = os.environ | {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "eu-north-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_PAGER": "",
}
AWS = os.path.join(os.path.dirname(sys.executable), "aws")


def run(words, *texts):
    """Runs `aws sqs` with the words of a line, and texts that may have spaces."""
    command = [sys.executable, AWS, "--endpoint-url", ENDPOINT, "--output", "json", "sqs", *words.split(), *texts]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)


def sqs(words, *texts):
    result = run(words, *texts)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout) if result.stdout else None


class Cli(unittest.TestCase):
    def refused(self, code, words, *texts):
        result = run(words, *texts)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(f"({code})", result.stderr)

    def test_messages(self):
        url = sqs("create-queue --queue-name cli --attributes VisibilityTimeout=60 --tags a=b")["QueueUrl"]
        self.assertEqual(sqs("get-queue-url --queue-name cli")["QueueUrl"], url)
        self.assertEqual(sqs("list-queues --queue-name-prefix cli --max-items 1")["QueueUrls"], [url])
        at = f"--queue-url {url}"
        sent = sqs(
            f"send-message {at} --message-body", "hello, world", "--message-attributes",
            '{"color":{"DataType":"String","StringValue":"blue"}}',
        )
        self.assertEqual(sent["MD5OfMessageAttributes"], "da1b33cc3cbfe8b1630921e78e6b9880")
        sqs(f"send-message-batch {at} --entries Id=1,MessageBody=one Id=2,MessageBody=two")
        options = "--max-number-of-messages 10 --attribute-names All --message-attribute-names All"
        messages = sqs(f"receive-message {at} {options}")["Messages"]
        self.assertEqual([message["Body"] for message in messages], ["hello, world", "one", "two"])
        handles = [message["ReceiptHandle"] for message in messages]
        sqs(f"change-message-visibility {at} --visibility-timeout 0 --receipt-handle", handles[0])
        entries = [{"Id": "x", "ReceiptHandle": handles[1], "VisibilityTimeout": 5}]
        sqs(f"change-message-visibility-batch {at} --entries", json.dumps(entries))
        sqs(f"delete-message {at} --receipt-handle", handles[0])
        entries = [{"Id": str(i), "ReceiptHandle": handle} for i, handle in enumerate(handles)]
        self.assertEqual(len(sqs(f"delete-message-batch {at} --entries", json.dumps(entries))["Successful"]), 3)
        self.assertIsNone(sqs(f"receive-message {at}"))
        sqs(f"purge-queue {at}")
        self.refused("AWS.SimpleQueueService.PurgeQueueInProgress", f"purge-queue {at}")
        self.refused("ReceiptHandleIsInvalid", f"delete-message {at} --receipt-handle garbage")
        sqs(f"delete-queue {at}")
        self.refused("AWS.SimpleQueueService.NonExistentQueue", f"receive-message {at}")

    def test_queues(self):
        dead = f"--queue-url {sqs('create-queue --queue-name cli-dead')['QueueUrl']}"
        at = f"--queue-url {sqs('create-queue --queue-name cli-source')['QueueUrl']}"
        arn = sqs(f"get-queue-attributes {dead} --attribute-names QueueArn")["Attributes"]["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
        sqs(f"set-queue-attributes {at} --attributes", json.dumps({"RedrivePolicy": policy, "VisibilityTimeout": "0"}))
        self.assertEqual(len(sqs(f"list-dead-letter-source-queues {dead}")["queueUrls"]), 1)
        sqs(f"send-message {at} --message-body m")
        sqs(f"receive-message {at}")
        self.assertIsNone(sqs(f"receive-message {at}"))
        task = sqs(f"start-message-move-task --source-arn {arn}")["TaskHandle"]
        [result] = sqs(f"list-message-move-tasks --source-arn {arn}")["Results"]
        self.assertIn(result["Status"], ("RUNNING", "COMPLETED"))
        # It may be done already, then there is nothing to cancel.
        run("cancel-message-move-task --task-handle", task)
        sqs(f"tag-queue {at} --tags team=a,cost=1")
        sqs(f"untag-queue {at} --tag-keys cost")
        self.assertEqual(sqs(f"list-queue-tags {at}")["Tags"], {"team": "a"})
        sqs(f"add-permission {at} --label l --aws-account-ids 111122223333 --actions SendMessage")
        sqs(f"remove-permission {at} --label l")
        self.refused("InvalidParameterValue", f"remove-permission {at} --label l")
        self.refused("InvalidAttributeName", f"get-queue-attributes {at} --attribute-names Foobar")


if __name__ == "__main__":
    unittest.main()
