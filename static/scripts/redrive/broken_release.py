"""A release with a bug: it fails on each order, so that all of them become dead letters."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="orders")

empty = 0
while empty < 2:
    messages = queue.receive_messages(VisibilityTimeout=10, WaitTimeSeconds=10)
    empty = 0 if messages else empty + 1
    for message in messages:
        time.sleep(0.5)
        try:
            number = int(message.body)  # the bug: it takes "order 1" for a number
        except ValueError as error:
            print(f"{message.body} failed: {error}")
        else:
            print(f"order {number} is done")
            message.delete()
print("No orders any more: they are in the dead-letter queue")
