"""Interrupted while it asks: once it takes that as an answer, once it is the end."""
try:
    input("Go on? ")
except KeyboardInterrupt:
    print("no answer is an answer")
print("you said", input("Really? "))
