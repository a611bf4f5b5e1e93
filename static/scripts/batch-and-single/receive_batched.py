"""Receives up to ten messages at a time and deletes them with one call, until nothing comes."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.get_queue_url(QueueName="batched")["QueueUrl"]

calls = count = 0
while True:
    response = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=20)
    calls += 1
    messages = response.get("Messages", [])
    if not messages:
        break
    entries = [
        {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
        for number, message in enumerate(messages)
    ]
    response = sqs.delete_message_batch(QueueUrl=queue_url, Entries=entries)
    calls += 1
    count += len(response.get("Successful", []))
print(f"{count} messages, {calls} calls")
