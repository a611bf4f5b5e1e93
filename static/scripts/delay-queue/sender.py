"""Creates a delay queue: a new message can't be received for its first five seconds."""

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")

response = sqs.create_queue(QueueName="delay-queue", Attributes={"DelaySeconds": "5"})
queue_url = response["QueueUrl"]

response = sqs.send_message(QueueUrl=queue_url, MessageBody="Hello World")
print(f"Sent {response['MessageId']}; it is delayed for five seconds")
