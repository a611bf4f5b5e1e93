"""Waits for the queue, then for messages in it."""

import time
from datetime import datetime

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")


def say(text):
    print(f"{datetime.now():%H:%M:%S} {text}")


def find_queue(name):
    """The URL of the queue, as soon as the sender has created it."""
    while True:
        try:
            return sqs.get_queue_url(QueueName=name)["QueueUrl"]
        except sqs.exceptions.QueueDoesNotExist:
            say(f"There is no queue {name} yet")
            time.sleep(1)


def main():
    queue_url = find_queue("delay-queue")
    say("Waiting for messages")
    while True:
        response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=10)
        messages = response.get("Messages", [])
        if not messages:
            say("No message for ten seconds")
            return
        for message in messages:
            say(f"Received: {message['Body']}")
            time.sleep(1)  # the work
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            say("Deleted it")


if __name__ == "__main__":
    main()
