"""Reads config.ini, and finds the queue that it names."""

import configparser

import boto3

config = configparser.ConfigParser()
if not config.read("config.ini"):
    raise SystemExit("config.ini is missing")


def client():
    return boto3.client("sqs", region_name=config["queue"]["region"])


def queue_url(sqs):
    return sqs.get_queue_url(QueueName=config["queue"]["name"])["QueueUrl"]
