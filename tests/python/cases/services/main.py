import boto3

print(boto3.client("sts").meta.service_model.service_name)
s3 = boto3.client("s3")
