"""Creates a FIFO queue with the usual visibility timeout of 30 seconds."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(
    QueueName="jobs.fifo",
    Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"},
)
print("Created", response["QueueUrl"])
