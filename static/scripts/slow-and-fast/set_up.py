"""Creates the queue: its messages are delayed for 5 seconds, and kept for a day."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(
    QueueName="donors",
    Attributes={"DelaySeconds": "5", "MessageRetentionPeriod": "86400"},
)
print("Created", response["QueueUrl"])
