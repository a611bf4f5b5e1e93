"""Asks for reports, faster than one worker can write them."""

import json
import time

import settings


def main():
    producer = settings.config["producer"]
    sqs = settings.client()
    queue_url = settings.queue_url(sqs)
    for number in range(1, producer.getint("count") + 1):
        order = {"report": number, "format": "pdf"}
        sqs.send_message(QueueUrl=queue_url, MessageBody=json.dumps(order))
        print(f"Ordered report {number}")
        time.sleep(producer.getfloat("pause_seconds"))


if __name__ == "__main__":
    main()
