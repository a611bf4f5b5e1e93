"""Creates two queues: one for short polls, one for long polls."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
for name in ["short", "long"]:
    print("Created", sqs.create_queue(QueueName=name)["QueueUrl"])
