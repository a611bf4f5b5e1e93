"""Asks twice a second. A short poll comes back at once, mostly with nothing."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="short")

polls = 0
while True:
    messages = queue.receive_messages(WaitTimeSeconds=0)
    polls += 1
    for message in messages:
        print(f"Poll {polls}: {message.body}")
        message.delete()
    time.sleep(0.5)
