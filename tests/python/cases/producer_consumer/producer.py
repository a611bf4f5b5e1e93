import json
import time

import boto3

sqs = boto3.resource("sqs")
queue = sqs.create_queue(QueueName="orders", Attributes={"VisibilityTimeout": "30"})

for number in range(1, 6):
    body = {"order": number, "total": 9.5 * number}
    response = queue.send_message(MessageBody=json.dumps(body))
    print(f"sent order {number}: {response['MessageId'][:8]}")
    time.sleep(2)
