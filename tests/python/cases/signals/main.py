"""A handler of its own: the first signal only asks for the end, as careful workers do."""
import signal
import sys
import time

running = True


def stop(number, frame):
    global running
    print("asked to stop by", signal.Signals(number).name)
    running = False


signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
while running:
    begin = time.monotonic()
    time.sleep(10)
    print("slept", round(time.monotonic() - begin, 3))
sys.exit("bye")
