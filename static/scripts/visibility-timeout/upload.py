"""Sends a message for each image that was uploaded."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="images")

for number in range(1, 11):
    queue.send_message(MessageBody=f"image {number}")
    print(f"Uploaded image {number}")
    time.sleep(3)
