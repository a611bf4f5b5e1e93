import signal

signal.signal(signal.SIGALRM, print)
signal.alarm(5)
