"""Purges the queue after a while, and then once more: SQS takes that once a minute."""

import argparse
import time

import boto3

parser = argparse.ArgumentParser(description="Purges the queue.")
parser.add_argument("--after", type=float, default=30, help="seconds to wait before")
arguments = parser.parse_args()

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="work")["QueueUrl"]


def purge():
    try:
        sqs.purge_queue(QueueUrl=queue_url)
        print("Purged the queue")
    except sqs.exceptions.PurgeQueueInProgress as error:
        print(f"Not purged: {error}")


time.sleep(arguments.after)
purge()
time.sleep(10)
purge()
