"""Two workers, each with one message at a time, for which it needs three seconds."""

import threading
import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="status")["QueueUrl"]


def work():
    name = threading.current_thread().name
    while True:
        response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20)
        for message in response.get("Messages", []):
            print(f"{name}: {message['Body']}")
            time.sleep(3)
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


workers = [threading.Thread(name=name, target=work, daemon=True) for name in ["Ann", "Bob"]]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
