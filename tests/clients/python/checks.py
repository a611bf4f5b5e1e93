"""What boto3 makes of the server: every action, every error that can be provoked, both of boto3's interfaces.

The same file runs with a current boto3 (AWS JSON) and with one that still speaks the query protocol.
"""

import hashlib
import itertools
import json
import os
import threading
import unittest
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["SQS_ENDPOINT"]
OPTIONS = {
    "endpoint_url": ENDPOINT,
    "region_name": "eu-central-1",
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
}
# The client's own checks are off, so that the server has to make them.
CONFIG = Config(parameter_validation=False, retries={"max_attempts": 0})
SQS = boto3.client("sqs", config=CONFIG, **OPTIONS)
RESOURCE = boto3.resource("sqs", **OPTIONS)
IS_QUERY = SQS.meta.service_model.metadata["protocol"] == "query"
NUMBERS = itertools.count()


def control(method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ENDPOINT + path, data=data, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


IS_VIRTUAL = control("GET", "/_clock")["clock"] == "virtual"


def name(suffix=""):
    return f"{'query' if IS_QUERY else 'json'}-{next(NUMBERS)}{suffix}"


def create(suffix="", **attributes):
    if suffix == ".fifo":
        attributes["FifoQueue"] = "true"
    return SQS.create_queue(QueueName=name(suffix), Attributes=attributes)["QueueUrl"]


def attributes_of(url):
    return SQS.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def receive_one(url, **options):
    return SQS.receive_message(QueueUrl=url, **options)["Messages"][0]


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Case(unittest.TestCase):
    def advance(self, seconds):
        if not IS_VIRTUAL:
            self.skipTest("needs a clock that can be moved")
        control("POST", "/_clock/advance", {"seconds": seconds})

    def refused(self, shape, code, status, operation, **parameters):
        """The call fails with this error; returns its text."""
        with self.assertRaises(ClientError) as caught:
            getattr(SQS, operation)(**parameters)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertEqual(response["Error"]["Type"], "Sender")
        self.assertEqual(len(response["ResponseMetadata"]["RequestId"]), 36)
        if not IS_QUERY:
            self.assertEqual(response["Error"]["QueryErrorCode"], shape)
        modelled = getattr(SQS.exceptions, shape, None) if shape in dir(SQS.exceptions) else ClientError
        self.assertIsInstance(caught.exception, modelled)
        return response["Error"]["Message"]


class Actions(Case):
    def test_create_find_list_and_delete(self):
        prefix = name("-list")
        urls = [SQS.create_queue(QueueName=f"{prefix}-{i}")["QueueUrl"] for i in range(3)]
        self.assertTrue(urls[0].startswith(ENDPOINT + "/"), urls[0])
        self.assertEqual(SQS.get_queue_url(QueueName=f"{prefix}-1")["QueueUrl"], urls[1])
        self.assertEqual(SQS.list_queues(QueueNamePrefix=prefix)["QueueUrls"], urls)
        pages = SQS.get_paginator("list_queues").paginate(
            QueueNamePrefix=prefix, PaginationConfig={"PageSize": 2}
        )
        self.assertEqual([page["QueueUrls"] for page in pages], [urls[:2], urls[2:]])
        SQS.delete_queue(QueueUrl=urls[0])
        self.assertEqual(SQS.list_queues(QueueNamePrefix=prefix)["QueueUrls"], urls[1:])
        self.assertNotIn("QueueUrls", SQS.list_queues(QueueNamePrefix=prefix + "-none"))
        self.advance(60)
        self.assertEqual(SQS.create_queue(QueueName=f"{prefix}-0")["QueueUrl"], urls[0])

    def test_queue_attributes(self):
        url = create(VisibilityTimeout="5", MaximumMessageSize="2048")
        SQS.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "7"})
        attributes = attributes_of(url)
        self.assertEqual(attributes["VisibilityTimeout"], "5")
        self.assertEqual(attributes["DelaySeconds"], "7")
        self.assertTrue(attributes["QueueArn"].startswith("arn:aws:sqs:eu-central-1:000000000000:"))
        self.assertNotIn("Attributes", SQS.get_queue_attributes(QueueUrl=url))

    def test_message_with_attributes(self):
        url = create()
        body = 'line\r\n\ttab & <b> "quoted" héllo ✓ 😀'
        attributes = {
            "color": {"DataType": "String", "StringValue": "blue"},
            "count": {"DataType": "Number", "StringValue": "3"},
            "blob": {"DataType": "Binary", "BinaryValue": b"\x01\x02\x03"},
        }
        trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
        system = {"AWSTraceHeader": {"DataType": "String", "StringValue": trace}}
        sent = SQS.send_message(
            QueueUrl=url, MessageBody=body, MessageAttributes=attributes, MessageSystemAttributes=system
        )
        self.assertEqual(sent["MD5OfMessageBody"], md5(body))
        self.assertEqual(sent["MD5OfMessageAttributes"], "d838729972a4b70e2d2acd9d59ac847c")
        self.assertEqual(sent["MD5OfMessageSystemAttributes"], "5ae4d5d7636402d80f4eb6d213245a88")
        message = receive_one(url, AttributeNames=["All"], MessageAttributeNames=["All"])
        self.assertEqual(message["Body"], body)
        self.assertEqual(message["MD5OfBody"], md5(body))
        self.assertEqual(message["MessageId"], sent["MessageId"])
        self.assertEqual(message["MessageAttributes"], attributes)
        self.assertEqual(message["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])
        self.assertEqual(message["Attributes"]["ApproximateReceiveCount"], "1")
        self.assertEqual(message["Attributes"]["AWSTraceHeader"], trace)
        SQS.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        self.assertNotIn("Messages", SQS.receive_message(QueueUrl=url))

    def test_visibility(self):
        url = create(VisibilityTimeout="0")
        SQS.send_message(QueueUrl=url, MessageBody="m")
        handle = receive_one(url, VisibilityTimeout=30)["ReceiptHandle"]
        self.assertNotIn("Messages", SQS.receive_message(QueueUrl=url))
        SQS.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        again = receive_one(url, VisibilityTimeout=43200, AttributeNames=["ApproximateReceiveCount"])
        self.assertEqual(again["Attributes"], {"ApproximateReceiveCount": "2"})
        self.advance(43199)
        self.assertNotIn("Messages", SQS.receive_message(QueueUrl=url))
        self.advance(1)
        self.assertEqual(receive_one(url)["MessageId"], again["MessageId"])

    def test_batches(self):
        url = create()
        entries = [{"Id": f"e{i}", "MessageBody": f"m{i}"} for i in range(9)]
        entries.append({"Id": "bad", "MessageBody": "\x01"})
        sent = SQS.send_message_batch(QueueUrl=url, Entries=entries)
        self.assertEqual([entry["Id"] for entry in sent["Successful"]], [f"e{i}" for i in range(9)])
        self.assertEqual(sent["Successful"][3]["MD5OfMessageBody"], md5("m3"))
        [failed] = sent["Failed"]
        self.assertEqual((failed["Id"], failed["Code"], failed["SenderFault"]), ("bad", "InvalidMessageContents", True))
        messages = SQS.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        self.assertEqual([message["Body"] for message in messages], [f"m{i}" for i in range(9)])
        handles = [message["ReceiptHandle"] for message in messages]
        changed = SQS.change_message_visibility_batch(
            QueueUrl=url,
            Entries=[
                {"Id": "a", "ReceiptHandle": handles[0], "VisibilityTimeout": 0},
                {"Id": "b", "ReceiptHandle": "garbage", "VisibilityTimeout": 0},
            ],
        )
        self.assertEqual(changed["Successful"], [{"Id": "a"}])
        self.assertEqual(changed["Failed"][0]["Code"], "ReceiptHandleIsInvalid")
        self.assertEqual(receive_one(url)["Body"], "m0")
        deleted = SQS.delete_message_batch(
            QueueUrl=url, Entries=[{"Id": str(i), "ReceiptHandle": handle} for i, handle in enumerate(handles)]
        )
        self.assertEqual(len(deleted["Successful"]), 9)
        self.assertNotIn("Failed", deleted)

    def test_fifo(self):
        url = create(".fifo", ContentBasedDeduplication="true")
        first = SQS.send_message(QueueUrl=url, MessageBody="a1", MessageGroupId="a")
        again = SQS.send_message(QueueUrl=url, MessageBody="a1", MessageGroupId="a")
        self.assertEqual(again["MessageId"], first["MessageId"])
        self.assertEqual(len(first["SequenceNumber"]), 20)
        SQS.send_message(QueueUrl=url, MessageBody="a2", MessageGroupId="a", MessageDeduplicationId="x")
        message = receive_one(url, AttributeNames=["All"])
        self.assertEqual(message["Body"], "a1")
        self.assertEqual(message["Attributes"]["MessageGroupId"], "a")
        self.assertNotIn("Messages", SQS.receive_message(QueueUrl=url))
        SQS.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        options = {"ReceiveRequestAttemptId": "attempt-1"}
        message = receive_one(url, **options)
        self.assertEqual(message["Body"], "a2")
        self.assertEqual(receive_one(url, **options)["MessageId"], message["MessageId"])

    def test_long_poll(self):
        url = create()
        found = []
        poll = threading.Thread(target=lambda: found.append(receive_one(url, WaitTimeSeconds=20)["Body"]))
        poll.start()
        while control("GET", "/_clock")["waiting_calls"] == 0:
            pass
        SQS.send_message(QueueUrl=url, MessageBody="wake up")
        poll.join()
        self.assertEqual(found, ["wake up"])

    def test_purge(self):
        url = create()
        SQS.send_message(QueueUrl=url, MessageBody="m")
        SQS.purge_queue(QueueUrl=url)
        self.assertNotIn("Messages", SQS.receive_message(QueueUrl=url))

    def test_tags(self):
        url = SQS.create_queue(QueueName=name(), tags={"team": "a", "empty": ""})["QueueUrl"]
        SQS.tag_queue(QueueUrl=url, Tags={"team": "b", "cost": "1"})
        SQS.untag_queue(QueueUrl=url, TagKeys=["cost", "none"])
        self.assertEqual(SQS.list_queue_tags(QueueUrl=url)["Tags"], {"team": "b", "empty": ""})
        SQS.untag_queue(QueueUrl=url, TagKeys=["team", "empty"])
        self.assertNotIn("Tags", SQS.list_queue_tags(QueueUrl=url))

    def test_permissions(self):
        url = create()
        SQS.add_permission(
            QueueUrl=url, Label="share", AWSAccountIds=["111122223333"], Actions=["SendMessage", "ReceiveMessage"]
        )
        policy = json.loads(attributes_of(url)["Policy"])
        self.assertEqual(policy["Statement"][0]["Sid"], "share")
        self.assertEqual(policy["Statement"][0]["Action"], ["SQS:SendMessage", "SQS:ReceiveMessage"])
        SQS.remove_permission(QueueUrl=url, Label="share")
        self.assertNotIn("Policy", attributes_of(url))

    def test_dead_letters_and_move_tasks(self):
        dead = create()
        dead_arn = attributes_of(dead)["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "1"})
        url = create(VisibilityTimeout="0", RedrivePolicy=policy)
        sources = SQS.list_dead_letter_source_queues(QueueUrl=dead)
        self.assertEqual(sources["queueUrls"], [url])
        self.assertEqual(SQS.list_dead_letter_source_queues(QueueUrl=url).get("queueUrls", []), [])
        for body in ("m1", "m2"):
            SQS.send_message(QueueUrl=url, MessageBody=body)
        while SQS.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            pass
        self.assertEqual(attributes_of(dead)["ApproximateNumberOfMessages"], "2")
        started = SQS.start_message_move_task(SourceArn=dead_arn, MaxNumberOfMessagesPerSecond=1)
        [task] = SQS.list_message_move_tasks(SourceArn=dead_arn, MaxResults=10)["Results"]
        self.assertEqual(task["Status"], "RUNNING")
        self.assertEqual(task["SourceArn"], dead_arn)
        self.assertEqual(task["TaskHandle"], started["TaskHandle"])
        self.assertEqual(task["MaxNumberOfMessagesPerSecond"], 1)
        self.assertIsInstance(task["StartedTimestamp"], int)
        moved = SQS.cancel_message_move_task(TaskHandle=started["TaskHandle"])
        self.assertIsInstance(moved["ApproximateNumberOfMessagesMoved"], int)
        self.advance(60)
        [task] = SQS.list_message_move_tasks(SourceArn=dead_arn)["Results"]
        self.assertEqual(task["Status"], "CANCELLED")
        SQS.start_message_move_task(SourceArn=dead_arn)
        self.advance(60)
        self.assertEqual(attributes_of(dead)["ApproximateNumberOfMessages"], "0")
        [task, _] = SQS.list_message_move_tasks(SourceArn=dead_arn, MaxResults=10)["Results"]
        self.assertEqual(task["Status"], "COMPLETED")


class Errors(Case):
    def test_queues(self):
        missing = ENDPOINT + "/000000000000/none"
        for operation in ("send_message", "receive_message", "delete_queue", "purge_queue", "list_queue_tags"):
            text = self.refused(
                "QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue",
                400,
                operation,
                QueueUrl=missing,
                MessageBody="m",
            ) if operation == "send_message" else self.refused(
                "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400, operation, QueueUrl=missing
            )
            wsdl = " for this wsdl version" if IS_QUERY else ""
            self.assertEqual(text, f"The specified queue does not exist{wsdl}.")
        queue = name()
        SQS.create_queue(QueueName=queue, Attributes={"VisibilityTimeout": "30"})
        self.refused(
            "QueueNameExists", "QueueAlreadyExists", 400, "create_queue",
            QueueName=queue, Attributes={"VisibilityTimeout": "31"},
        )
        url = SQS.get_queue_url(QueueName=queue)["QueueUrl"]
        SQS.purge_queue(QueueUrl=url)
        self.refused(
            "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403, "purge_queue", QueueUrl=url
        )
        SQS.delete_queue(QueueUrl=url)
        self.refused(
            "QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400, "create_queue", QueueName=queue
        )

    def test_attributes(self):
        url = create()
        self.refused(
            "InvalidAttributeName", "InvalidAttributeName", 400, "get_queue_attributes",
            QueueUrl=url, AttributeNames=["Foobar"],
        )
        self.refused(
            "InvalidAttributeValue", "InvalidAttributeValue", 400, "set_queue_attributes",
            QueueUrl=url, Attributes={"DelaySeconds": "x"},
        )

    def test_parameters(self):
        url = create()
        invalid = ("InvalidParameterValueException", "InvalidParameterValue", 400)
        missing = ("MissingRequiredParameterException", "MissingParameter", 400)
        self.refused(*invalid, "create_queue", QueueName="not a name")
        self.refused(*invalid, "receive_message", QueueUrl=url, MaxNumberOfMessages=11)
        self.refused(*invalid, "receive_message", QueueUrl=url, WaitTimeSeconds=21)
        self.refused(*invalid, "send_message", QueueUrl=url, MessageBody="m", DelaySeconds=1000)
        self.refused(*invalid, "start_message_move_task", SourceArn=attributes_of(url)["QueueArn"])
        self.refused(*missing, "send_message", QueueUrl=url)
        self.refused(*missing, "delete_message", QueueUrl=url)
        self.refused(*missing, "send_message", QueueUrl=create(".fifo"), MessageBody="m")

    def test_messages(self):
        url = create()
        self.refused(
            "InvalidMessageContents", "InvalidMessageContents", 400, "send_message", QueueUrl=url, MessageBody="\x00"
        )
        self.refused(
            "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400, "send_message",
            QueueUrl=url, MessageBody="m",
            MessageAttributes={"a": {"DataType": "String", "StringListValues": ["x"]}},
        )
        invalid = ("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404)
        text = self.refused(*invalid, "delete_message", QueueUrl=url, ReceiptHandle="garbage")
        self.assertEqual(text, 'The input receipt handle "garbage" is not a valid receipt handle.')
        self.refused(
            *invalid, "change_message_visibility", QueueUrl=url, ReceiptHandle="garbage", VisibilityTimeout=1
        )

    def test_batches(self):
        url = create()

        def check(shape, entries):
            self.refused(
                shape, "AWS.SimpleQueueService." + shape, 400, "send_message_batch", QueueUrl=url, Entries=entries
            )

        def entry(number, body="m"):
            return {"Id": str(number), "MessageBody": body}

        check("EmptyBatchRequest", [])
        check("TooManyEntriesInBatchRequest", [entry(i) for i in range(11)])
        check("BatchEntryIdsNotDistinct", [entry(1), entry(2), entry(1)])
        check("InvalidBatchEntryId", [entry("a b")])
        check("BatchRequestTooLong", [entry(i, "x" * 600_000) for i in range(2)])

    def test_limits_and_resources(self):
        url = create()
        self.refused(
            "OverLimit", "OverLimit", 403, "add_permission",
            QueueUrl=url, Label="l", AWSAccountIds=["111122223333"],
            Actions=["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility",
                     "GetQueueAttributes", "GetQueueUrl", "PurgeQueue", "ListDeadLetterSourceQueues"],
        )
        self.refused(
            "ResourceNotFoundException", "ResourceNotFoundException", 404, "start_message_move_task",
            SourceArn="arn:aws:sqs:eu-central-1:000000000000:none",
        )


class Resource(Case):
    def test_queues_and_messages_as_objects(self):
        queue = RESOURCE.create_queue(QueueName=name("-object"), Attributes={"VisibilityTimeout": "60"})
        self.assertEqual(queue.attributes["VisibilityTimeout"], "60")
        queue.send_message(MessageBody="one", MessageAttributes={"k": {"DataType": "String", "StringValue": "v"}})
        queue.send_messages(Entries=[{"Id": "2", "MessageBody": "two"}, {"Id": "3", "MessageBody": "three"}])
        messages = queue.receive_messages(MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        self.assertEqual([message.body for message in messages], ["one", "two", "three"])
        self.assertEqual(messages[0].message_attributes["k"]["StringValue"], "v")
        messages[0].change_visibility(VisibilityTimeout=0)
        [again] = queue.receive_messages()
        again.delete()
        queue.delete_messages(Entries=[{"Id": m.message_id, "ReceiptHandle": m.receipt_handle} for m in messages[1:]])
        queue.set_attributes(Attributes={"DelaySeconds": "1"})
        queue.reload()
        self.assertEqual(queue.attributes["DelaySeconds"], "1")
        self.assertEqual(queue.attributes["ApproximateNumberOfMessagesNotVisible"], "0")
        same = RESOURCE.get_queue_by_name(QueueName=queue.url.rsplit("/", 1)[1])
        self.assertEqual(same.url, queue.url)
        found = RESOURCE.queues.filter(QueueNamePrefix=queue.url.rsplit("/", 1)[1])
        self.assertEqual([each.url for each in found], [queue.url])
        self.assertEqual(list(queue.dead_letter_source_queues.all()), [])
        queue.purge()
        queue.delete()
        with self.assertRaises(RESOURCE.meta.client.exceptions.QueueDoesNotExist):
            queue.reload()


if __name__ == "__main__":
    print(f"boto3 {boto3.__version__}, {'query protocol' if IS_QUERY else 'AWS JSON'}")
    unittest.main()
