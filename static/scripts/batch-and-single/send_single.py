"""Sends a hundred messages with a hundred calls."""

import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="single")["QueueUrl"]

for number in range(1, 101):
    sqs.send_message(QueueUrl=queue_url, MessageBody=f"message {number}")
    time.sleep(0.2)
print("100 messages, 100 calls")
