"""Three workers that need eight seconds for an image.

The visibility timeout is five seconds. With --visibility 30 each image is done once.
"""

import argparse
import threading
import time
from collections import Counter

import boto3

sqs = boto3.resource("sqs", region_name="us-east-1")
queue = sqs.get_queue_by_name(QueueName="images")
done = Counter()


def work(seconds, options):
    name = threading.current_thread().name
    while True:
        for message in queue.receive_messages(WaitTimeSeconds=20, **options):
            time.sleep(seconds)
            done[message.body] += 1
            times = done[message.body]
            print(f"{name} has done {message.body}", "" if times == 1 else f"(time {times}!)")
            # Too late: somebody else has it by now. On a standard queue that is no error.
            message.delete()


def main():
    parser = argparse.ArgumentParser(description="Works on images.")
    parser.add_argument("--work", type=float, default=8, help="seconds for an image")
    parser.add_argument("--visibility", type=int, help="another visibility timeout; try 30")
    arguments = parser.parse_args()
    options = {"VisibilityTimeout": arguments.visibility} if arguments.visibility else {}

    threads = [
        threading.Thread(name=name, target=work, args=(arguments.work, options), daemon=True)
        for name in ["Ann", "Bob", "Cyd"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
