"""Creates two queues for orders: one without a dead-letter queue, one with."""

import json

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")

without = sqs.create_queue(QueueName="orders-without")
dlq = sqs.create_queue(QueueName="orders-dlq")
policy = {"deadLetterTargetArn": dlq.attributes["QueueArn"], "maxReceiveCount": 3}
with_dlq = sqs.create_queue(
    QueueName="orders-with", Attributes={"RedrivePolicy": json.dumps(policy)}
)
for queue in [without, dlq, with_dlq]:
    print("Created", queue.url)
