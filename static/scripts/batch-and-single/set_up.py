"""Creates two queues, to compare what the same traffic costs."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
for name in ["single", "batched"]:
    print("Created", sqs.create_queue(QueueName=name)["QueueUrl"])
