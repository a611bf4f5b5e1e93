"""Writes reports in several threads: each receives, works and deletes by itself.

usage: workers.py [--threads N] [--verbose]
"""

import argparse
import json
import logging
import sys
import threading
import time

from botocore.exceptions import ClientError
from colorama import Fore, Style, init

import settings

COLOURS = [Fore.GREEN, Fore.YELLOW, Fore.CYAN, Fore.MAGENTA, Fore.BLUE, Fore.RED]

log = logging.getLogger("workers")
sqs = settings.client()


class Worker(threading.Thread):
    def __init__(self, number, queue_url):
        super().__init__(name=f"worker-{number}", daemon=True)
        self.colour = COLOURS[number % len(COLOURS)]
        self.queue_url = queue_url
        self.wait = settings.config["queue"].getint("wait_seconds")
        self.work = settings.config["workers"].getfloat("work_seconds")
        self.count = 0

    def run(self):
        while True:
            try:
                self.handle_next()
            except ClientError as error:
                log.error("%s", error)
                time.sleep(1)

    def handle_next(self):
        response = sqs.receive_message(QueueUrl=self.queue_url, WaitTimeSeconds=self.wait)
        messages = response.get("Messages", [])
        if not messages:
            log.debug("nothing to do")
        for message in messages:
            order = json.loads(message["Body"])
            time.sleep(self.work)
            sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
            self.count += 1
            log.info(
                "%sreport %s is written, my number %s%s",
                self.colour, order["report"], self.count, Style.RESET_ALL,
            )


def main():
    threads = settings.config["workers"].getint("threads")
    parser = argparse.ArgumentParser(description="Writes reports.")
    parser.add_argument("--threads", type=int, default=threads, help="in place of config.ini's")
    parser.add_argument("--verbose", action="store_true", help="also tell of empty receives")
    arguments = parser.parse_args()

    init()
    logging.basicConfig(stream=sys.stdout, format="%(threadName)s %(message)s")
    log.setLevel(logging.DEBUG if arguments.verbose else logging.INFO)

    queue_url = settings.queue_url(sqs)
    workers = [Worker(number, queue_url) for number in range(1, arguments.threads + 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
