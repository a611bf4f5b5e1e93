"""Sends a hundred messages with ten calls. Of a batch, some entries may fail and others not."""

import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="batched")["QueueUrl"]


def batches(count, size=10):
    for first in range(1, count + 1, size):
        yield [
            {"Id": str(number), "MessageBody": f"message {number}"}
            for number in range(first, min(first + size, count + 1))
        ]


calls = 0
for entries in batches(100):
    response = sqs.send_message_batch(QueueUrl=queue_url, Entries=entries)
    calls += 1
    for failed in response.get("Failed", []):
        print(f"Message {failed['Id']} was not sent: {failed['Message']}")
    time.sleep(0.2 * len(entries))
print(f"100 messages, {calls} calls")
