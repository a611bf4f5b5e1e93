"""Creates a queue, and sends a message to it."""

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")

# If there is such a queue already, this only finds it.
queue = sqs.create_queue(QueueName="my-queue")
print(f"Queue: {queue.url}")

response = queue.send_message(MessageBody="Hello World")
print(f"Sent message {response['MessageId']}")
