"""Works on one order after the other.

Try it with --work 7, which is more than the visibility timeout.
"""

import argparse
import time

import boto3
from botocore.exceptions import ClientError

VISIBILITY_TIMEOUT = 5

sqs = boto3.client("sqs", region_name="us-east-1")


def main():
    parser = argparse.ArgumentParser(description="Works on orders.")
    parser.add_argument("--work", type=float, default=2, help="seconds for an order")
    arguments = parser.parse_args()

    queue_url = sqs.get_queue_url(QueueName="mynewq.fifo")["QueueUrl"]
    while True:
        response = sqs.receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=1,
            VisibilityTimeout=VISIBILITY_TIMEOUT,
            WaitTimeSeconds=10,
            MessageSystemAttributeNames=["ApproximateReceiveCount"],
        )
        for message in response.get("Messages", []):
            receive = message["Attributes"]["ApproximateReceiveCount"]
            print(f"{message['Body']}, receive {receive}")
            time.sleep(arguments.work)
            try:
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
                print(f"{message['Body']} is done")
            except ClientError as error:
                print(f"{message['Body']} can't be deleted: {error}")


if __name__ == "__main__":
    main()
