"""Creates a queue for orders with a dead-letter queue."""

import json

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")

dlq = sqs.create_queue(QueueName="orders-dlq")
policy = {"deadLetterTargetArn": dlq.attributes["QueueArn"], "maxReceiveCount": 2}
queue = sqs.create_queue(QueueName="orders", Attributes={"RedrivePolicy": json.dumps(policy)})
print("Created", queue.url, "and", dlq.url)
