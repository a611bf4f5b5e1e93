"""What the producers and the consumers share: how a message is made, and how it is dealt with."""

import time

import boto3


def get_queue():
    return boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="donors")


def produce(name, delay_seconds, count=60):
    """Sends a message a second."""
    queue = get_queue()
    for number in range(1, count + 1):
        queue.send_message(
            MessageBody=f"new donor {number} ({name.lower()})",
            DelaySeconds=delay_seconds,
            MessageAttributes={
                "JobType": {"DataType": "String", "StringValue": "NewDonor"},
                "Producer": {"DataType": "String", "StringValue": name},
            },
        )
        print(f"{name}: sent donor {number}")
        time.sleep(1)


def consume(name, visibility_timeout, pause):
    """Takes one message after the other, for ever, and pauses after each."""
    queue = get_queue()
    count = 0
    while True:
        messages = queue.receive_messages(
            MaxNumberOfMessages=1,
            VisibilityTimeout=visibility_timeout,
            WaitTimeSeconds=10,
            MessageAttributeNames=["All"],
        )
        for message in messages:
            job = message.message_attributes["JobType"]["StringValue"]
            count += 1
            print(f"{name}: {job} number {count}, {message.body}")
            message.delete()
        time.sleep(pause)
