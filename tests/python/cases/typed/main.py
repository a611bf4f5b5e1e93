name = input("Your name? ")
print("Hello", name)
count = 0
while True:
    try:
        line = input()
    except EOFError:
        break
    count += len(line)
print(count, "characters")
import sys

print(repr(sys.stdin.read()))
input("more? ")
