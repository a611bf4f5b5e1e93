"""Three scripts at once: a slow producer, a fast consumer, and a monitor that watches the queue."""
import time

import boto3

queue = boto3.resource("sqs").create_queue(QueueName="tasks")
for _ in range(12):
    queue.reload()
    ready = queue.attributes["ApproximateNumberOfMessages"]
    flight = queue.attributes["ApproximateNumberOfMessagesNotVisible"]
    print(f"{time.strftime('%H:%M:%S')} ready {ready}, in flight {flight}")
    time.sleep(5)
