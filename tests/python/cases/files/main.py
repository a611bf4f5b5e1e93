"""A script with a configuration, data, a module and a package of its own."""
import argparse
import os
import sys

import boto3

import shared

parser = argparse.ArgumentParser(description="Sends what the files say.")
parser.add_argument("--count", type=int, default=10, help="how many")
parser.add_argument("--loud", action="store_true")
arguments = parser.parse_args()
print(sys.argv, os.environ["STAGE"], os.path.basename(__file__), __name__)

queue = boto3.resource("sqs").create_queue(
    QueueName=shared.queue_name(), Attributes={"VisibilityTimeout": shared.config["queue"]["visibility"]}
)
for body in shared.bodies()[: arguments.count]:
    queue.send_message(MessageBody=body.upper() if arguments.loud else body)
    print(body)
with open("out.txt", "w") as file:
    file.write(queue.url)
print(os.path.getsize("out.txt"), sorted(os.listdir(".")))
parser.parse_args(["--help"])
