"""A status monitor: asks the queue each second how many messages it has, in each state."""

import time

import boto3
from botocore.exceptions import ClientError
from colorama import Fore, Style, init

ATTRIBUTES = {
    "visible": "ApproximateNumberOfMessages",
    "in flight": "ApproximateNumberOfMessagesNotVisible",
    "delayed": "ApproximateNumberOfMessagesDelayed",
}
COLOURS = {"visible": Fore.GREEN, "in flight": Fore.YELLOW, "delayed": Fore.CYAN}

sqs = boto3.client("sqs", region_name="us-east-1")


def read_status(queue_url):
    response = sqs.get_queue_attributes(
        QueueUrl=queue_url, AttributeNames=list(ATTRIBUTES.values())
    )
    return {state: int(response["Attributes"][name]) for state, name in ATTRIBUTES.items()}


def show(status):
    for state, count in status.items():
        print(f"{COLOURS[state]}{state} {count:>2}{Style.RESET_ALL}", end="   ")
    print(f"together {sum(status.values())}")


def main():
    init()
    queue_url = sqs.get_queue_url(QueueName="status")["QueueUrl"]
    while True:
        try:
            show(read_status(queue_url))
        except ClientError as error:
            print(f"No status: {error}")
        time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("Stopped")
