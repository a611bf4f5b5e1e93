"""A noisy tenant: after ten seconds it sends 300 messages at once, to both queues."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
plain = sqs.get_queue_by_name(QueueName="plain")
fair = sqs.get_queue_by_name(QueueName="fair")


def batch(first, **more):
    return [
        {"Id": str(number), "MessageBody": f"noisy {number}", **more}
        for number in range(first, first + 10)
    ]


time.sleep(10)
for first in range(1, 301, 10):
    plain.send_messages(Entries=batch(first))
    fair.send_messages(Entries=batch(first, MessageGroupId="noisy"))
print("Sent 300 messages to each queue")
