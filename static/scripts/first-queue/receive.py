"""Receives messages, works on each of them for four seconds, and deletes it."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queue = sqs.create_queue(QueueName="my-queue")

empty = 0
while empty < 3:
    # A long poll: it waits up to ten seconds for a message.
    messages = queue.receive_messages(WaitTimeSeconds=10)
    empty = 0 if messages else empty + 1
    for message in messages:
        print(f"Received: {message.body}")
        time.sleep(4)  # the work
        # Without this line, the message comes back 30 seconds after the receive.
        message.delete()
        print("Deleted it")

print("Nothing comes any more")
