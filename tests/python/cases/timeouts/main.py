"""A client that loses patience: its own timeouts run on virtual time, and it tries again."""
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

sqs = boto3.client("sqs", config=Config(read_timeout=5, retries={"max_attempts": 0}))
url = sqs.create_queue(QueueName="slow")["QueueUrl"]
begin = time.monotonic()
try:
    sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
except ReadTimeoutError as error:
    print(error, round(time.monotonic() - begin, 2))
try:
    sqs.list_queues()
except EndpointConnectionError as error:
    print(error)
try:
    sqs.list_queues()
except ConnectTimeoutError as error:
    print(error)
print(len(sqs.list_queues()["QueueUrls"]))
