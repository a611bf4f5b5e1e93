import sys
import time
from datetime import datetime

print("hello", sys.argv, datetime.now())
time.sleep(2.5)
print("and good-bye", datetime.now())
