"""Sends three jobs."""

import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="jobs.fifo")["QueueUrl"]

for number in range(1, 4):
    sqs.send_message(QueueUrl=queue_url, MessageBody=f"job {number}", MessageGroupId="jobs")
    print(f"Sent job {number}")
    time.sleep(1)
