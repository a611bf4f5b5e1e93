"""Creates a FIFO queue with a dead-letter queue, which has to be a FIFO queue, too."""

import json

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")

dlq = sqs.create_queue(QueueName="mynewq-dlq.fifo", Attributes={"FifoQueue": "true"})
dlq_arn = sqs.get_queue_attributes(QueueUrl=dlq["QueueUrl"], AttributeNames=["QueueArn"])[
    "Attributes"
]["QueueArn"]

queue = sqs.create_queue(
    QueueName="mynewq.fifo",
    Attributes={
        "FifoQueue": "true",
        "ContentBasedDeduplication": "true",
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": dlq_arn, "maxReceiveCount": 3}),
    },
)
print("Created", queue["QueueUrl"], "and", dlq["QueueUrl"])
