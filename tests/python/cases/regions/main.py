"""Other regions, hosts and accounts: there is one of each in the playground, and scripts for other places run."""
import os

import boto3
from botocore.exceptions import ClientError

ireland = boto3.client("sqs", region_name="eu-west-1")
url = ireland.create_queue(QueueName="orders")["QueueUrl"]
print(ireland.meta.region_name, url)
os.environ["AWS_DEFAULT_REGION"] = "ap-southeast-2"
sydney = boto3.session.Session().client("sqs")
print(sydney.meta.region_name, sydney.list_queues()["QueueUrls"])
local = boto3.client(
    "sqs",
    endpoint_url="http://localhost:4566",
    region_name="us-east-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
local.send_message(QueueUrl="http://localhost:4566/000000000000/orders", MessageBody="by the URL of an emulator")
local.send_message(QueueUrl="orders", MessageBody="by its name")
messages = local.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
print([message["Body"] for message in messages])
try:
    local.send_message(QueueUrl="https://sqs.us-east-1.amazonaws.com/111122223333/orders", MessageBody="of others")
except ClientError as error:
    print(error)
