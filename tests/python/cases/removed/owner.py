"""Deletes a queue under the eyes of whoever polls it."""
import time

import boto3

sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="short-lived")["QueueUrl"]
sqs.send_message(QueueUrl=url, MessageBody="the only one")
time.sleep(30)
sqs.delete_queue(QueueUrl=url)
try:
    sqs.create_queue(QueueName="short-lived")
except sqs.exceptions.QueueDeletedRecently as error:
    print(error.response["Error"]["Code"], error)
time.sleep(60)
print(sqs.create_queue(QueueName="short-lived")["QueueUrl"] == url)
