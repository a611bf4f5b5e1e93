"""Creates the queue of emails."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(QueueName="emails", Attributes={"VisibilityTimeout": "10"})
print("Created", response["QueueUrl"])
