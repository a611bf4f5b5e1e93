"""What most tutorials do, in one go."""
import json
import time

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs", region_name="us-east-1")


def create(name):
    try:
        url = sqs.create_queue(QueueName=name, Attributes={"ReceiveMessageWaitTimeSeconds": "1"})["QueueUrl"]
    except ClientError as error:
        print("Couldn't create the queue:", error)
        raise
    print("created", url.rsplit("/", 1)[-1])
    return url


def send(url, count):
    for number in range(count):
        sqs.send_message(
            QueueUrl=url,
            MessageBody=json.dumps({"order": number}),
            MessageAttributes={"Kind": {"DataType": "String", "StringValue": "even" if number % 2 == 0 else "odd"}},
        )
        time.sleep(0.1)


def receive_all(url):
    seen = set()
    while True:
        response = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1, MessageAttributeNames=["All"])
        if "Messages" not in response:
            return seen
        for message in response["Messages"]:
            order = json.loads(message["Body"])["order"]
            seen.add((order, message["MessageAttributes"]["Kind"]["StringValue"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


url = create("orders")
send(url, 5)
print(sorted(receive_all(url)))
sqs.delete_queue(QueueUrl=url)
