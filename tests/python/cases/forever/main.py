"""A worker that loops for ever, until a person stops it."""
import boto3

sqs = boto3.resource("sqs")
queue = sqs.create_queue(QueueName="endless")
queue.send_message(MessageBody="only one")
try:
    while True:
        messages = queue.receive_messages(WaitTimeSeconds=20)
        print("got", len(messages))
        for message in messages:
            message.delete()
except KeyboardInterrupt:
    print("stopped by hand")
finally:
    print("cleaned up")
