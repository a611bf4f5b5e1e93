import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.create_queue(QueueName="jobs")["QueueUrl"]

for number in range(1, 11):
    sqs.send_message(QueueUrl=queue_url, MessageBody=f"job {number}")
    print(f"sent job {number}")
    time.sleep(2)
