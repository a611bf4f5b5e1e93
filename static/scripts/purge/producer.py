"""Sends a hundred jobs, two a second. Each of them is delayed for ten seconds."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queue = sqs.get_queue_by_name(QueueName="work")

for number in range(1, 101):
    queue.send_message(MessageBody=f"job {number}", DelaySeconds=10)
    print(f"Sent job {number}")
    time.sleep(0.5)
