"""The bank: it does each payment that it gets."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="payments.fifo")

count = 0
while True:
    for message in queue.receive_messages(WaitTimeSeconds=20):
        time.sleep(1)
        message.delete()
        count += 1
        print(f"Payment {count}: {message.body}")
