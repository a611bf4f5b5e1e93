"""Sends 100 messages, receives them ten at a time, and deletes none of them: so they come back."""

import time

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")


def send(queue, count):
    for number in range(1, count + 1):
        queue.send_message(MessageBody=f"message {number}")
    print(f"Sent {count} messages")


def receive_all(queue):
    """Receives until nothing comes; returns how many messages came."""
    count = 0
    while messages := queue.receive_messages(MaxNumberOfMessages=10):
        count += len(messages)
        print(f"Received {len(messages)}: {messages[0].body} to {messages[-1].body}")
        time.sleep(0.5)
    return count


def show_counts(queue):
    queue.load()  # reads the attributes
    visible = queue.attributes["ApproximateNumberOfMessages"]
    in_flight = queue.attributes["ApproximateNumberOfMessagesNotVisible"]
    print(f"{visible} messages can be received, {in_flight} are in flight")


def main():
    queue = sqs.create_queue(QueueName="test_queue")
    for found in sqs.queues.filter(QueueNamePrefix="test"):
        print(f"Found {found.url}")
    send(queue, 100)
    show_counts(queue)
    print(f"{receive_all(queue)} messages received")
    show_counts(queue)
    print("Nobody deletes them. In 30 seconds their visibility timeout is over...")
    time.sleep(30)
    show_counts(queue)


if __name__ == "__main__":
    main()
