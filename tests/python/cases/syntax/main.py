import time

print("never printed")
for n in range(3)
    time.sleep(n)
