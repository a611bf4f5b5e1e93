"""Shows the status of the queue, again and again."""

import argparse
import time

from botocore.exceptions import ClientError

from donors import get_queue

parser = argparse.ArgumentParser(description="Shows the status of the queue.")
parser.add_argument("--interval", type=float, default=1, help="seconds between two looks")
arguments = parser.parse_args()

queue = get_queue()
while True:
    try:
        queue.load()
    except ClientError as error:
        print(f"No status: {error}")
    else:
        visible = queue.attributes["ApproximateNumberOfMessages"]
        in_flight = queue.attributes["ApproximateNumberOfMessagesNotVisible"]
        delayed = queue.attributes["ApproximateNumberOfMessagesDelayed"]
        print(f"visible {visible:>3}   in flight {in_flight:>3}   delayed {delayed:>3}")
    time.sleep(arguments.interval)
