"""Who gives up a long poll by hand has closed the connection: what comes later is not lost to it."""
import boto3

sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="patient")["QueueUrl"]
try:
    sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
except KeyboardInterrupt:
    print("given up")
sqs.send_message(QueueUrl=url, MessageBody="late")
print([message["Body"] for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5).get("Messages", [])])
