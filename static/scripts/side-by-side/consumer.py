"""Receives from a FIFO queue, until ten polls in a row were in vain."""

import time

import boto3
from botocore.exceptions import ClientError

EMPTY_MAX = 10

sqs = boto3.client("sqs", region_name="us-east-1")


def delete(queue_url, message):
    try:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    except ClientError as error:
        print(f"Not deleted: {error}")


def main():
    queue_url = sqs.get_queue_url(QueueName="test.fifo")["QueueUrl"]
    empty = 0
    while True:
        response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=15)
        messages = response.get("Messages", [])
        for message in messages:
            print(f"Received {message['Body']}")
            delete(queue_url, message)
        if messages:
            empty = 0
        else:
            empty += 1
            print(f"Empty poll {empty} of {EMPTY_MAX}")
            if empty == EMPTY_MAX:
                break
        time.sleep(0.5)


if __name__ == "__main__":
    main()
