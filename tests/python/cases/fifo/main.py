"""A FIFO queue: groups in order, duplicates dropped, a message that is held blocks its group and no other."""
import boto3

sqs = boto3.client("sqs")
url = sqs.create_queue(QueueName="ledger.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
for group in "ab":
    for number in (1, 2, 2, 3):
        sent = sqs.send_message(
            QueueUrl=url, MessageBody=f"{group}{number}", MessageGroupId=group, MessageDeduplicationId=f"{group}{number}"
        )
        print(group, number, sent["SequenceNumber"])


def receive(count):
    response = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=count, AttributeNames=["MessageGroupId"])
    messages = response.get("Messages", [])
    print([message["Body"] for message in messages])
    return messages


held = receive(1)
others = receive(10)
receive(10)
for message in held + others:
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
receive(10)
try:
    sqs.send_message(QueueUrl=url, MessageBody="no group")
except sqs.exceptions.ClientError as error:
    print(error.response["Error"]["Code"], error.response["Error"]["Message"])
