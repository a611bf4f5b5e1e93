import atexit
import contextvars
import sys
import threading
import time

variable = contextvars.ContextVar("variable", default="none")


def set_and_wait(value):
    variable.set(value)
    time.sleep(1)
    print(value, variable.get())


for value in ("a", "b"):
    threading.Thread(target=set_and_wait, args=(value,)).start()
time.sleep(2)
print(variable.get())
atexit.register(lambda: print("at exit", round(time.monotonic(), 3)))
time.sleep(1)
sys.stderr.write("leaving\n")
sys.exit(3)
