"""Sleeps, long polls and waiters cost virtual time, and clocks agree about it."""
import time
from datetime import datetime, timedelta, timezone

import boto3

sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="slow", Attributes={"ReceiveMessageWaitTimeSeconds": "20"})["QueueUrl"]
clocks = (time.time, time.monotonic, time.perf_counter)
before = [clock() for clock in clocks]
start = datetime.now(timezone.utc)
print("empty after a long poll:", "Messages" not in sqs.receive_message(QueueUrl=url))
print([round(clock() - then, 2) for clock, then in zip(clocks, before)])
sqs.send_message(QueueUrl=url, MessageBody="late", DelaySeconds=7)
message = sqs.receive_message(QueueUrl=url)["Messages"][0]
print(message["Body"], round((datetime.now(timezone.utc) - start).total_seconds(), 2))
for seconds in (0, 0.001, 0.0004, 3600, 86_400):
    then = time.monotonic()
    time.sleep(seconds)
    assert time.monotonic() - then >= seconds, seconds
print(datetime.now() - timedelta(days=1))
for seconds in (-1, float("nan"), float("inf"), "1"):
    try:
        time.sleep(seconds)
    except (ValueError, OverflowError, TypeError) as error:
        print(f"{type(error).__name__}: {error}")
