"""Takes up to ten jobs at a time, and needs three seconds for each."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queue = sqs.get_queue_by_name(QueueName="work")

while True:
    for message in queue.receive_messages(MaxNumberOfMessages=10, WaitTimeSeconds=20):
        print(f"Working on {message.body}")
        time.sleep(3)
        # It succeeds even if the message is gone, because somebody has purged the queue.
        message.delete()
