"""Moves the dead letters back to where they came from, one a second, and watches it."""

import argparse
import time

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs", region_name="us-east-1")


def arn_of(name):
    queue_url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    response = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
    return response["Attributes"]["QueueArn"]


def main():
    parser = argparse.ArgumentParser(description="Redrives the dead-letter queue.")
    parser.add_argument("--after", type=float, default=0, help="seconds to wait before")
    arguments = parser.parse_args()
    time.sleep(arguments.after)

    source = arn_of("orders-dlq")
    try:
        sqs.start_message_move_task(SourceArn=source, MaxNumberOfMessagesPerSecond=1)
    except ClientError as error:
        raise SystemExit(f"The move can't begin: {error}")
    while True:
        [task] = sqs.list_message_move_tasks(SourceArn=source)["Results"]
        moved = task.get("ApproximateNumberOfMessagesMoved", 0)
        print(f"{task['Status']}: {moved} of {task['ApproximateNumberOfMessagesToMove']} moved")
        if task["Status"] != "RUNNING":
            break
        time.sleep(2)


if __name__ == "__main__":
    main()
