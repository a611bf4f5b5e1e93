turns = 0
while turns < 1_000_000:
    turns += 1
print(turns)
