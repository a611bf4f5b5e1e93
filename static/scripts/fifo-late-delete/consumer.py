"""Works on each job for longer than the visibility timeout: the delete comes too late."""

import time

import boto3
from botocore.exceptions import ClientError

sqs = boto3.client("sqs", region_name="us-east-1")


def work(body, seconds=40):
    print(f"Working on {body}")
    time.sleep(seconds)


def main():
    queue_url = sqs.get_queue_url(QueueName="jobs.fifo")["QueueUrl"]
    while True:
        # VisibilityTimeout=60 here would mend it.
        response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20)
        for message in response.get("Messages", []):
            work(message["Body"])
            try:
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
                print(f"Deleted {message['Body']}")
            except ClientError as error:
                print(f"{message['Body']} comes back: {error.response['Error']['Message']}")


if __name__ == "__main__":
    main()
