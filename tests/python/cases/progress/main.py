"""Lines that are printed in parts, and lines that are written over, as a terminal shows them."""
import sys
import time

for _ in range(5):
    print(".", end="", flush=True)
    time.sleep(1)
print(" done")
for percent in range(0, 101, 20):
    print(f"\r{percent:3} %", end="")
    time.sleep(0.5)
print()
for left in (3, 2, 1):
    print(f"{left} seconds", end="\r")
    time.sleep(1)
print("\033[32mgo\033[0m       ")
sys.stderr.write("an error in ")
time.sleep(1)
sys.stderr.write("two parts\n")
print("windows\r\nlines\r")
print("no end", end="")
