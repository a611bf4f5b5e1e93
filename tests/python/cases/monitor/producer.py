import random
import time

import boto3

queue = boto3.resource("sqs").create_queue(QueueName="tasks")
for n in range(20):
    queue.send_message(MessageBody=f"task {n}")
    time.sleep(random.uniform(0.5, 3))
