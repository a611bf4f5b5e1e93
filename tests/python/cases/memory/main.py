hoard = []
try:
    while True:
        hoard.append(bytearray(16_000_000))
except MemoryError:
    print("full after about", round(len(hoard) * 16, -2), "MB")
hoard.clear()
bytearray(2_000_000_000)
