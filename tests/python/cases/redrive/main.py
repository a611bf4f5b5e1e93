"""A poisoned message ends in the dead-letter queue, and comes back by a move task."""
import json
import time

import boto3

sqs = boto3.client("sqs")
dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": "2"})
url = sqs.create_queue(QueueName="live", Attributes={"RedrivePolicy": policy, "VisibilityTimeout": "10"})["QueueUrl"]
sqs.send_message(QueueUrl=url, MessageBody="poison")
for attempt in range(3):
    received = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1, AttributeNames=["All"]).get("Messages", [])
    print(attempt, [message["Attributes"]["ApproximateReceiveCount"] for message in received])
    time.sleep(11)
print(sqs.receive_message(QueueUrl=dead, VisibilityTimeout=0)["Messages"][0]["Body"])
sqs.start_message_move_task(SourceArn=arn)
time.sleep(5)
print(sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]["Status"])
