import atexit
import time

atexit.register(print, "never said")
for number in range(100_000):
    print("round", number)
    time.sleep(10)
