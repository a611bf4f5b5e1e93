import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError, as_completed, wait

import boto3

sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="jobs")["QueueUrl"]


def send(number):
    time.sleep(number % 3)
    sqs.send_message(QueueUrl=url, MessageBody=str(number))
    return number


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(send, range(8))))
    futures = {pool.submit(send, n): n for n in (3, 1, 2)}
    for future in as_completed(futures):
        print("completed", futures[future], round(time.monotonic(), 3))
    slow = pool.submit(time.sleep, 60)
    try:
        slow.result(timeout=5)
    except TimeoutError:
        print("too slow", round(time.monotonic(), 3))
    failed = pool.submit(int, "x")
    print(repr(failed.exception()))
    done, pending = wait([slow, failed], timeout=1)
    print(len(done), len(pending))
print(round(time.monotonic(), 3), sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"])
