import boto3

client = boto3.client("sqs")
for n in range(25):
    client.create_queue(QueueName=f"queue-{n:02}")
paginator = client.get_paginator("list_queues")
for number, page in enumerate(paginator.paginate(QueueNamePrefix="queue-", PaginationConfig={"PageSize": 10})):
    urls = page["QueueUrls"]
    print(f"page {number}: {len(urls)} from {urls[0].split('/')[-1]}")
print(len(list(paginator.paginate(PaginationConfig={"PageSize": 7}).search("QueueUrls[]"))))
print(client.can_paginate("send_message"), client.waiter_names)
