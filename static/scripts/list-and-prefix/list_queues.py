"""Creates some queues, and finds them again: all, by prefix, page by page, and by name."""

import time

import boto3

sqs = boto3.client("sqs", region_name="us-east-1")


def show(title, urls):
    print(title)
    for url in urls:
        print("   ", url.rsplit("/", 1)[-1])


def main():
    for name in ["orders", "orders-dlq", "orders-eu", "Orders-archive", "payments"]:
        sqs.create_queue(QueueName=name)

    show("All queues:", sqs.list_queues().get("QueueUrls", []))
    time.sleep(1)

    response = sqs.list_queues(QueueNamePrefix="orders")
    show("Those that begin with orders:", response.get("QueueUrls", []))
    time.sleep(1)

    response = sqs.list_queues(QueueNamePrefix="orders", MaxResults=2)
    show("The first two of these:", response.get("QueueUrls", []))
    print("    and there are more" if "NextToken" in response else "    and that is all")
    time.sleep(1)

    print("payments is", sqs.get_queue_url(QueueName="payments")["QueueUrl"])
    time.sleep(1)

    try:
        sqs.get_queue_url(QueueName="invoices")
    except sqs.exceptions.QueueDoesNotExist as error:
        print(f"invoices: {error}")


if __name__ == "__main__":
    main()
