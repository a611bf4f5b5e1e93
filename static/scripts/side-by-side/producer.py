"""Sends a hundred messages to a FIFO queue, two a second."""

import time
import uuid

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs", region_name="us-east-1")


def send(queue_url, body):
    try:
        response = sqs.send_message(
            QueueUrl=queue_url,
            MessageBody=body,
            MessageGroupId="group-1",
            # Whoever sends again with the same id, after an error, does not send twice.
            MessageDeduplicationId=str(uuid.uuid4()),
        )
    except ClientError as error:
        print(f"Not sent: {error}")
    else:
        print(f"Sent {body} with sequence number {response['SequenceNumber']}")


if __name__ == "__main__":
    queue_url = sqs.get_queue_url(QueueName="test.fifo")["QueueUrl"]
    for number in range(1, 101):
        send(queue_url, f"test message {number}")
        time.sleep(0.5)
