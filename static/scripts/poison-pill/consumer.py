"""What both consumers do: they delete an order when the work on it has succeeded, and only then."""

import time

import boto3


class BrokenOrder(Exception):
    pass


def work(order):
    time.sleep(0.5)
    if "broken" in order:
        raise BrokenOrder(f"I can't work on {order}")


def consume(queue_name):
    sqs = boto3.resource("sqs", region_name="us-east-1")
    queue = sqs.get_queue_by_name(QueueName=queue_name)
    while True:
        messages = queue.receive_messages(
            VisibilityTimeout=10,
            WaitTimeSeconds=20,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        for message in messages:
            try:
                work(message.body)
            except BrokenOrder as error:
                receive = message.attributes["ApproximateReceiveCount"]
                print(f"{error} (receive {receive})")
            else:
                message.delete()
                print(f"{message.body} is done")
