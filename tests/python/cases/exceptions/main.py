"""Every way of catching what SQS says no to."""
import boto3
import botocore
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

sqs = boto3.client("sqs")
try:
    sqs.get_queue_url(QueueName="nowhere")
except sqs.exceptions.QueueDoesNotExist as error:
    print(type(error).__name__, error.response["Error"])
try:
    sqs.get_queue_url(QueueName="nowhere")
except ClientError as error:
    if error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue":
        print("the old code still works:", error)
try:
    sqs.send_message(QueueUrl="x")
except ParamValidationError as error:
    print(error)
url = sqs.create_queue(QueueName="q")["QueueUrl"]
try:
    sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=11)
except ClientError as error:
    print(error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
try:
    sqs.delete_message(QueueUrl=url, ReceiptHandle="no handle")
except sqs.exceptions.ReceiptHandleIsInvalid as error:
    print(error)
try:
    boto3.client("sqs").create_queue(QueueName="q", Attributes={"VisibilityTimeout": "5"})
except sqs.exceptions.QueueNameExists as error:
    print(error)
print(issubclass(ParamValidationError, BotoCoreError), botocore.__version__)
raise SystemExit(0)
