"""Who one is, of another service; and what is not here."""
import boto3
from botocore.exceptions import ClientError, UnknownServiceError

sts = boto3.client("sts")
identity = sts.get_caller_identity()
print(identity["Account"], identity["Arn"], identity["UserId"])
print(identity["ResponseMetadata"]["HTTPStatusCode"], len(identity["ResponseMetadata"]["RequestId"]))
queue = boto3.resource("sqs").create_queue(QueueName="mine")
print(queue.url.split("/")[-2] == identity["Account"])
try:
    sts.assume_role(RoleArn=f"arn:aws:iam::{identity['Account']}:role/worker", RoleSessionName="worker")
except ClientError as error:
    print(error)
for service in ("s3", "dynamodb", "lambda"):
    try:
        boto3.client(service)
    except UnknownServiceError as error:
        print(error)
boto3.resource("sns")
