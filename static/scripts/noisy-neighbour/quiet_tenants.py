"""Five quiet tenants: by turns one of them sends a message, each two seconds, to both queues."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
plain = sqs.get_queue_by_name(QueueName="plain")
fair = sqs.get_queue_by_name(QueueName="fair")

for number in range(1, 51):
    tenant = f"quiet-{number % 5}"
    plain.send_message(MessageBody=f"quiet {number}")
    # On a standard queue a message group makes no order: it says whose message this is.
    fair.send_message(MessageBody=f"quiet {number}", MessageGroupId=tenant)
    print(f"{tenant} sent a message")
    time.sleep(2)
