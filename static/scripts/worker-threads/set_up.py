"""Creates the queue that config.ini names."""

import settings

queue = settings.config["queue"]
response = settings.client().create_queue(
    QueueName=queue["name"],
    Attributes={"VisibilityTimeout": queue["visibility_timeout"]},
)
print("Created", response["QueueUrl"])
