"""A client that pays each of five orders twice, and then all of it three times more."""

import time

import boto3

queue = boto3.resource("sqs", region_name="us-east-1").get_queue_by_name(QueueName="payments.fifo")

seen = set()
for _ in range(4):
    for order in range(1, 6):
        for _ in range(2):
            response = queue.send_message(
                MessageBody=f"pay order {order}",
                MessageGroupId="payments",
                # The queue makes the deduplication id out of the body. With one of its own for each
                # message, such as MessageDeduplicationId=str(uuid.uuid4()), all would be new.
            )
            # A duplicate gets the answer of the first one, with the same id.
            message_id = response["MessageId"]
            kind = "duplicate" if message_id in seen else "new"
            seen.add(message_id)
            print(f"pay order {order}: {kind}, message {message_id}")
            time.sleep(10)
