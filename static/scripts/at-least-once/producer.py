"""Sends a hundred emails, two a second."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="emails")

for number in range(1, 101):
    queue.send_message(MessageBody=f"email {number}")
    time.sleep(0.5)
print("Sent 100 emails")
