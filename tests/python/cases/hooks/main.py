"""The transport lies below what scripts hook into: event handlers and the Stubber work as ever."""
import boto3
from botocore.stub import Stubber

sqs = boto3.client("sqs")
sqs.meta.events.register("before-send.sqs.*", lambda request, **kwargs: print("before-send", request.method, request.headers["X-Amz-Target"]))
sqs.meta.events.register("after-call.sqs.ListQueues", lambda parsed, **kwargs: print("after-call", parsed.get("QueueUrls")))
sqs.list_queues()
stubbed = boto3.client("sqs", endpoint_url="http://localhost:9324", aws_access_key_id="a", aws_secret_access_key="b")
with Stubber(stubbed) as stubber:
    stubber.add_response("get_queue_url", {"QueueUrl": "http://stub/1/q"}, {"QueueName": "q"})
    print(stubbed.get_queue_url(QueueName="q")["QueueUrl"])
print(stubbed.create_queue(QueueName="local")["QueueUrl"])
