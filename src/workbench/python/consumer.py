import boto3

sqs = boto3.client("sqs", region_name="us-east-1")
queue_url = sqs.create_queue(QueueName="jobs")["QueueUrl"]

done = 0
while done < 10:
    response = sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=20)
    for message in response.get("Messages", []):
        print("working on", message["Body"])
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        done += 1
