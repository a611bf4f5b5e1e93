"""Sends ten orders."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="orders")

for number in range(1, 11):
    queue.send_message(MessageBody=f"order {number}")
    print(f"Sent order {number}")
    time.sleep(1)
