"""Creates two queues, to send the same to both of them."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
for name in ["plain", "fair"]:
    print("Created", sqs.create_queue(QueueName=name)["QueueUrl"])
