import time

import boto3

sqs = boto3.client("sqs")
time.sleep(1)
url = sqs.get_queue_url(QueueName="short-lived")["QueueUrl"]
while True:
    for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", []):
        print("got", message["Body"])
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
