"""Sends 30 orders to a FIFO queue, all in one message group: they keep their order."""

import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="mynewq.fifo")["QueueUrl"]

for number in range(1, 31):
    # The queue has content-based deduplication, so that the body serves as deduplication id.
    response = sqs.send_message(
        QueueUrl=queue_url,
        MessageBody=f"order {number}",
        MessageGroupId="orders",
    )
    print(f"Sent order {number}, sequence number {response['SequenceNumber']}")
    time.sleep(1)
