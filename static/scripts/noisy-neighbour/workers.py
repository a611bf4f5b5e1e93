"""Five workers for each of the two queues. They tell how long the quiet tenants had to wait."""

import threading
import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")


def work(name, queue_url):
    while True:
        response = sqs.receive_message(
            QueueUrl=queue_url,
            WaitTimeSeconds=20,
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        for message in response.get("Messages", []):
            sent = int(message["Attributes"]["SentTimestamp"]) / 1000
            if message["Body"].startswith("quiet"):
                print(f"{name}: {message['Body']} has waited {time.time() - sent:.1f} s")
            time.sleep(1)
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


def main():
    threads = []
    for name in ["plain", "fair"]:
        queue_url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        for _ in range(5):
            threads.append(threading.Thread(target=work, args=(name, queue_url), daemon=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
