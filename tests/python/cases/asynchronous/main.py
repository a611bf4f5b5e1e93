"""asyncio with its own loop: tasks, timeouts, queues, executors, and blocking boto3 calls in threads."""
import asyncio
import time

import boto3

sqs = boto3.client("sqs")


async def produce(queue):
    for number in range(3):
        await asyncio.sleep(1)
        await queue.put(number)
    await queue.put(None)


async def consume(queue, url):
    while (number := await queue.get()) is not None:
        response = await asyncio.to_thread(sqs.send_message, QueueUrl=url, MessageBody=str(number))
        print("sent", number, response["ResponseMetadata"]["HTTPStatusCode"], round(time.monotonic(), 3))


async def main():
    url = (await asyncio.get_running_loop().run_in_executor(None, lambda: sqs.create_queue(QueueName="a")))["QueueUrl"]
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(queue))
        group.create_task(consume(queue, url))
    print(await asyncio.gather(*(asyncio.sleep(n, n) for n in (3, 1, 2))), round(time.monotonic(), 3))
    try:
        async with asyncio.timeout(2.5):
            await asyncio.Event().wait()
    except TimeoutError:
        print("timed out", round(time.monotonic(), 3))
    task = asyncio.create_task(asyncio.sleep(100))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", asyncio.current_task().get_name())
    results = await asyncio.gather(asyncio.to_thread(time.sleep, 4), asyncio.sleep(4, "both"))
    print(results, round(time.monotonic(), 3))


asyncio.run(main())


async def numbers():
    for n in range(3):
        yield n


async def total():
    return sum([n async for n in numbers()])


print(asyncio.run(total()))
loop = asyncio.new_event_loop()
loop.call_later(10, loop.stop)
loop.run_forever()
loop.close()
print(round(time.monotonic(), 3))
