import queue
import threading
import time

jobs = queue.Queue(maxsize=2)
order = queue.PriorityQueue()


def worker(name):
    while True:
        job = jobs.get()
        if job is None:
            jobs.task_done()
            return
        time.sleep(1)
        order.put((job % 3, job, name))
        jobs.task_done()


threads = [threading.Thread(target=worker, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
for job in range(6):
    jobs.put(job)
    print("put", job, round(time.monotonic(), 3), jobs.full())
for _ in threads:
    jobs.put(None)
jobs.join()
while not order.empty():
    print(order.get())
try:
    queue.SimpleQueue().get(timeout=2.5)
except queue.Empty:
    print("empty after", round(time.monotonic(), 3))
try:
    jobs.get_nowait()
except queue.Empty:
    print("nothing")
