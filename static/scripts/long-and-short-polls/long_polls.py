"""Waits up to 20 seconds with each call. A long poll comes back as soon as there is a message."""

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="long")

polls = 0
while True:
    messages = queue.receive_messages(WaitTimeSeconds=20)
    polls += 1
    for message in messages:
        print(f"Poll {polls}: {message.body}")
        message.delete()
