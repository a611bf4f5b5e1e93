"""Will not be interrupted, and can be ended all the same."""
import time

while True:
    try:
        print("going on")
        time.sleep(4)
    except KeyboardInterrupt:
        print("no")
