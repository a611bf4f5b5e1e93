"""Creates the FIFO queue. The name of such a queue has to end with .fifo."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
response = sqs.create_queue(QueueName="test.fifo", Attributes={"FifoQueue": "true"})
print("Created", response["QueueUrl"])
