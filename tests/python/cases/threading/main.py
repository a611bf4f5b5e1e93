"""Threads, locks, events, conditions, semaphores, barriers, timers, and what belongs to one thread."""
import threading
import time

results = []
lock = threading.Lock()
here = threading.local()


def work(number):
    here.value = number
    time.sleep(1 / number)
    with lock:
        results.append((round(time.monotonic(), 3), threading.current_thread().name, here.value))
        time.sleep(1)


threads = [threading.Thread(target=work, args=(n,), name=f"worker-{n}") for n in (1, 2, 4)]
for thread in threads:
    thread.start()
print(threading.active_count(), [thread.is_alive() for thread in threads])
for thread in threads:
    thread.join()
print(*results, sep="\n")

event = threading.Event()
threading.Timer(5, event.set).start()
print("event:", event.wait(2), event.wait(10), round(time.monotonic(), 3))

condition = threading.Condition()
items = []


def consume():
    with condition:
        condition.wait_for(lambda: items)
        print("consumed", items.pop(), round(time.monotonic(), 3))


consumer = threading.Thread(target=consume)
consumer.start()
time.sleep(1)
with condition:
    items.append("bread")
    condition.notify()
consumer.join(timeout=3)

pool = threading.BoundedSemaphore(2)
barrier = threading.Barrier(3)


def guest(number):
    with pool:
        time.sleep(1)
    print("at the barrier:", number, round(time.monotonic(), 3))
    barrier.wait()


guests = [threading.Thread(target=guest, args=(n,)) for n in range(3)]
for thread in guests:
    thread.start()
for thread in guests:
    thread.join()
print(hasattr(here, "value"), threading.main_thread() is threading.current_thread())


def fail():
    raise ValueError("only this thread fails")


failing = threading.Thread(target=fail, name="failing")
failing.start()
failing.join()
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
threading.Thread(target=lambda: (time.sleep(2), print("not a daemon, so waited for"))).start()
print("the main thread is done")
