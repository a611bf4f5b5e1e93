import boto3


def send(queue, body):
    queue.send_message(MessageBody=body)


def main():
    queue = boto3.resource("sqs").create_queue(QueueName="short", Attributes={"MaximumMessageSize": "1024"})
    try:
        send(queue, "x" * 2000)
    except Exception as error:
        raise RuntimeError("the letter did not fit") from error


main()
