"""Work that takes longer than the visibility timeout, with a heartbeat in a thread and without."""
import logging
import sys
import threading
import time
from datetime import datetime, timezone

import boto3

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(relativeCreated)07d %(threadName)s %(message)s")
sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="long-work", Attributes={"VisibilityTimeout": "10"})["QueueUrl"]


def heartbeat(handle, done):
    while not done.wait(5):
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=10)
        logging.info("prolonged")


def work(beats):
    message = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20, AttributeNames=["All"])["Messages"][0]
    attributes = message["Attributes"]
    first = datetime.fromtimestamp(int(attributes["ApproximateFirstReceiveTimestamp"]) / 1000, timezone.utc)
    logging.info("receive %s, first %s", attributes["ApproximateReceiveCount"], first.isoformat(timespec="milliseconds"))
    done = threading.Event()
    thread = threading.Thread(target=heartbeat, args=(message["ReceiptHandle"], done), name="heart", daemon=True)
    if beats:
        thread.start()
    time.sleep(22)
    done.set()
    others = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0).get("Messages", [])
    logging.info("meanwhile others could have had %d", len(others))
    if beats:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


sqs.send_message(QueueUrl=url, MessageBody="job")
work(beats=False)
work(beats=True)
attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
logging.info("left: %s", attributes["ApproximateNumberOfMessages"])
