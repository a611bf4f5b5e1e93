"""An asyncio worker that loops for ever: an interrupt cancels its tasks, which clean up."""
import asyncio

import boto3

sqs = boto3.client("sqs")


async def poll(url, name):
    try:
        while True:
            response = await asyncio.to_thread(sqs.receive_message, QueueUrl=url, WaitTimeSeconds=20)
            for message in response.get("Messages", []):
                print(name, "got", message["Body"])
                await asyncio.to_thread(sqs.delete_message, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise
    finally:
        await asyncio.sleep(2)
        print(name, "has cleaned up")


async def main():
    url = sqs.create_queue(QueueName="endless")["QueueUrl"]
    tasks = [asyncio.create_task(poll(url, name)) for name in ("one", "two")]
    for number in range(3):
        await asyncio.sleep(15)
        sqs.send_message(QueueUrl=url, MessageBody=str(number))
    await asyncio.gather(*tasks)


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("stopped by hand")
