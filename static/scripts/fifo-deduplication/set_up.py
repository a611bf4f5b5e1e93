"""Creates a FIFO queue that tells duplicates by their bodies."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(
    QueueName="payments.fifo",
    Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"},
)
print("Created", response["QueueUrl"])
