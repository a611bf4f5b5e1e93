"""Sends the same orders to both queues. Each seventh of them is broken."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queues = [sqs.get_queue_by_name(QueueName=name) for name in ["orders-without", "orders-with"]]

for number in range(1, 22):
    body = f"broken order {number}" if number % 7 == 0 else f"order {number}"
    for queue in queues:
        queue.send_message(MessageBody=body)
    print(f"Sent {body}")
    time.sleep(1)
