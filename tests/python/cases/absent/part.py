from boto3.dynamodb.conditions import Key
