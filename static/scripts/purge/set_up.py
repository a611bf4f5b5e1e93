"""Creates the queue."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
print("Created", sqs.create_queue(QueueName="work")["QueueUrl"])
