"""Loops that never wait: time passes for them all the same, so they can be stopped and do not hold up the others."""
import threading
import time

done = False


def finish():
    global done
    time.sleep(3)
    done = True


threading.Thread(target=finish).start()
turns = 0
while not done:
    turns += 1
print("done", turns > 1000, round(time.monotonic()) < 10)
end = time.time() + 5
while time.time() < end:
    pass
print("waited by looking at the clock:", 0 <= time.time() - end < 0.1)
while not done is False:
    pass
