"""A client with less patience than a long poll gives up, tries again, and gives up at last."""
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ReadTimeoutError

config = Config(read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2})
sqs = boto3.client("sqs", config=config)
url = sqs.create_queue(QueueName="slow")["QueueUrl"]
begin = time.monotonic()
try:
    sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
except ReadTimeoutError as error:
    print(error, 10 < time.monotonic() - begin < 14)
sqs.send_message(QueueUrl=url, MessageBody="here", DelaySeconds=3)
begin = time.monotonic()
response = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)
print(response["Messages"][0]["Body"], response["ResponseMetadata"]["RetryAttempts"], round(time.monotonic() - begin))
