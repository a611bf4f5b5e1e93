"""The client interface: queues, messages, batches, attributes, tags."""
import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
url = sqs.create_queue(QueueName="letters", Attributes={"VisibilityTimeout": "60"}, tags={"team": "post"})["QueueUrl"]
print(url)
print(sqs.list_queues()["QueueUrls"] == [url])
print(sqs.list_queue_tags(QueueUrl=url)["Tags"])

sent = sqs.send_message(
    QueueUrl=url,
    MessageBody="hello",
    MessageAttributes={"Author": {"DataType": "String", "StringValue": "me"}, "Weight": {"DataType": "Number", "StringValue": "2.5"}},
)
print(sent["MD5OfMessageBody"], sent["ResponseMetadata"]["HTTPStatusCode"])

batch = sqs.send_message_batch(
    QueueUrl=url,
    Entries=[{"Id": str(n), "MessageBody": f"letter {n}", "DelaySeconds": 0} for n in range(3)] + [{"Id": "long", "MessageBody": ""}],
)
print(len(batch["Successful"]), [(f["Id"], f["Code"]) for f in batch.get("Failed", [])])

received = sqs.receive_message(
    QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["ApproximateReceiveCount"], MessageAttributeNames=["All"]
)["Messages"]
for message in sorted(received, key=lambda m: m["Body"]):
    attributes = {name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()}
    print(message["Body"], message["Attributes"]["ApproximateReceiveCount"], attributes)

sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=received[0]["ReceiptHandle"], VisibilityTimeout=0)
rest = [{"Id": m["MessageId"], "ReceiptHandle": m["ReceiptHandle"]} for m in received[1:]]
print(len(sqs.delete_message_batch(QueueUrl=url, Entries=rest)["Successful"]))
attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
print({name: attributes[name] for name in sorted(attributes) if name.startswith("Approximate")})
sqs.purge_queue(QueueUrl=url)
sqs.delete_queue(QueueUrl=url)
