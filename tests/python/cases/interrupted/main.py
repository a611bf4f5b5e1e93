import time


def wait():
    time.sleep(60)


print("waiting")
wait()
