"""botocore's own retries: after a 500, a throttling and a broken connection, with pauses in between."""
import logging
import time

import boto3
from botocore.config import Config

boto3.set_stream_logger("botocore.retries.standard", logging.DEBUG, "%(message)s")
sqs = boto3.client("sqs", config=Config(retries={"mode": "standard", "max_attempts": 5}))
begin = time.monotonic()
response = sqs.create_queue(QueueName="reliable")
print(response["ResponseMetadata"]["RetryAttempts"], time.monotonic() - begin > 0.036)
response = sqs.list_queues()
print(response["ResponseMetadata"]["RetryAttempts"])
