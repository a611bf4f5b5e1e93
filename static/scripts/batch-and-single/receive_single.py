"""Receives one message at a time and deletes it, until nothing comes."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="single")["QueueUrl"]

calls = count = 0
while True:
    response = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=1, WaitTimeSeconds=20)
    calls += 1
    messages = response.get("Messages", [])
    if not messages:
        break
    for message in messages:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        calls += 1
        count += 1
print(f"{count} messages, {calls} calls")
