"""Five mailers. With --idempotent they remember what was sent, and send nothing twice."""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor

import boto3

parser = argparse.ArgumentParser(description="Sends emails.")
parser.add_argument("--idempotent", action="store_true", help="recognise what was sent before")
arguments = parser.parse_args()

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="emails")["QueueUrl"]
sent = set()  # in a real system a table that all mailers share


def mail(_):
    while True:
        response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20)
        for message in response.get("Messages", []):
            is_known = message["MessageId"] in sent
            if not (is_known and arguments.idempotent):
                time.sleep(1)
                print(f"Sent {message['Body']}", "once more, alas" if is_known else "")
            sent.add(message["MessageId"])
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


with ThreadPoolExecutor(max_workers=5) as executor:
    list(executor.map(mail, range(5)))
