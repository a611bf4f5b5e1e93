import time

import boto3

queue = boto3.resource("sqs").create_queue(QueueName="tasks")
deadline = time.time() + 55
while time.time() < deadline:
    for message in queue.receive_messages(MaxNumberOfMessages=5, WaitTimeSeconds=5):
        time.sleep(1.5)
        message.delete()
print("at", time.strftime("%H:%M:%S"))
