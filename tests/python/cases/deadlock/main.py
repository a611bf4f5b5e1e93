import threading
import time

first, second = threading.Lock(), threading.Lock()


def left():
    with first:
        time.sleep(1)
        with second:
            print("never")


def right():
    with second:
        time.sleep(2)
        with first:
            print("never")


threads = [threading.Thread(target=target, name=target.__name__) for target in (left, right)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
