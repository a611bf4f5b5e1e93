import json
import time

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs")
while True:
    try:
        url = sqs.get_queue_url(QueueName="orders")["QueueUrl"]
        break
    except ClientError as error:
        print("no queue yet:", error.response["Error"]["Code"])
        time.sleep(1)

count = 0
while count < 5:
    response = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    for message in response.get("Messages", []):
        order = json.loads(message["Body"])
        time.sleep(0.5)
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        count += 1
        print(f"done with order {order['order']}")
