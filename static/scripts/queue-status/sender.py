"""Sends messages at a steady pace, each with a delay."""

import argparse
import time

import boto3


def main():
    parser = argparse.ArgumentParser(description="Sends messages to the queue.")
    parser.add_argument("--count", type=int, default=40, help="how many")
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two of them")
    parser.add_argument("--delay", type=int, default=0, help="DelaySeconds of each")
    arguments = parser.parse_args()

    queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="status")
    for number in range(1, arguments.count + 1):
        queue.send_message(MessageBody=f"message {number}", DelaySeconds=arguments.delay)
        print(f"Sent message {number}")
        time.sleep(arguments.pause)


if __name__ == "__main__":
    main()
