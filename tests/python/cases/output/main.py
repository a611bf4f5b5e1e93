for number in range(100_000):
    print("line", number)
print("one too many")
print("and so on")
