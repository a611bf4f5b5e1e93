"""Sends a message each three seconds, to both queues."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queues = [sqs.get_queue_by_name(QueueName=name) for name in ["short", "long"]]

for number in range(1, 21):
    for queue in queues:
        queue.send_message(MessageBody=f"message {number}")
    print(f"Sent message {number}")
    time.sleep(3)
