"""The resource interface, as most tutorials use it."""
import boto3

sqs = boto3.resource("sqs")
queue = sqs.create_queue(QueueName="test.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})
print(queue.url, queue.attributes["QueueArn"])

for text in ("first", "second", "second", "third"):
    response = queue.send_message(MessageBody=text, MessageGroupId="one")
    print(text, response["SequenceNumber"][-3:])

for message in queue.receive_messages(MaxNumberOfMessages=10):
    print("received", message.body)
    message.delete()

for each in sqs.queues.all():
    print("there is", each.url.split("/")[-1])
queue = sqs.get_queue_by_name(QueueName="test.fifo")
queue.load()
print(queue.attributes["ApproximateNumberOfMessages"])
