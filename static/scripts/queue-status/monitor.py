"""A status monitor: asks the queue each second how many messages it has, in each state."""

import time

import boto3
from botocore.exceptions import ClientError
from colorama import Fore, Style, init

ATTRIBUTES = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
]
COLOURS = [Fore.GREEN, Fore.YELLOW, Fore.CYAN]

sqs = boto3.client("sqs", region_name="us-east-1")


def read_status(queue_url):
    """How many messages can be received, are in flight, and are delayed."""
    response = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=ATTRIBUTES)
    return [int(response["Attributes"][name]) for name in ATTRIBUTES]


def show(values, total):
    columns = [f"{colour}{value:>9}{Style.RESET_ALL}" for colour, value in zip(COLOURS, values)]
    print(" + ".join(columns), "=", total)


def main():
    init()
    queue_url = sqs.get_queue_url(QueueName="status")["QueueUrl"]
    show(["visible", "in flight", "delayed"], "all")
    while True:
        try:
            status = read_status(queue_url)
            show(status, sum(status))
        except ClientError as error:
            print(f"No status: {error}")
        time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Stopped")
