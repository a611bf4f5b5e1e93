"""Two producers, each in a thread of its own; the delays of their messages differ."""

import threading

from donors import produce

threads = [
    threading.Thread(target=produce, args=("Slow", 10)),
    threading.Thread(target=produce, args=("Fast", 2)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("All donors are sent")
