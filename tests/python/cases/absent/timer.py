import time
from signal import ITIMER_REAL, setitimer
