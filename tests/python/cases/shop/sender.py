import configparser
import json
import os

import boto3

import catalogue

settings = configparser.ConfigParser()
settings.read("shop.ini")


class Sender:
    def __init__(self, name, is_dry):
        self.queue = boto3.resource("sqs").create_queue(QueueName=f"{os.environ['SHOP_STAGE']}-{name}")
        self.is_dry = is_dry
        self.count = 0

    def send(self, number, item):
        if not self.is_dry:
            self.queue.send_message(MessageBody=json.dumps({"order": number, "item": item, "price": catalogue.price(item)}))
        self.count += 1
        print(f"order {number}: {item} at {catalogue.price(item):.2f}")

    def __repr__(self):
        return f"<Sender to {self.queue.url.rsplit('/', 1)[-1]}, {self.count} sent>"
