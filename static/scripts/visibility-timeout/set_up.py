"""Creates a queue whose messages come back five seconds after a receive."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(QueueName="images", Attributes={"VisibilityTimeout": "5"})
print("Created", response["QueueUrl"])
