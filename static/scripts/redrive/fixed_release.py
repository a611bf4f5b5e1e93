"""The release with the bug mended. It is deployed some time after the other."""

import argparse
import time

import boto3

parser = argparse.ArgumentParser(description="Works on orders.")
parser.add_argument("--after", type=float, default=0, help="seconds to wait before")
arguments = parser.parse_args()
time.sleep(arguments.after)

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="orders")
print("The fixed release is there")

while True:
    for message in queue.receive_messages(WaitTimeSeconds=20):
        time.sleep(0.5)
        number = int(message.body.removeprefix("order "))
        print(f"order {number} is done")
        message.delete()
