"""What a page cannot do, each with its own words."""
import multiprocessing
import os
import signal
import socket
import subprocess
import urllib.request


def attempt(name, function):
    try:
        function()
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
    else:
        print(f"{name}: no complaint")


attempt("subprocess", lambda: subprocess.run(["ls"]))
attempt("system", lambda: os.system("ls"))
attempt("socket", lambda: socket.create_connection(("example.com", 80)))
attempt("connect", lambda: socket.socket().connect(("127.0.0.1", 1)))
attempt("urlopen", lambda: urllib.request.urlopen("https://example.com"))
attempt("fork", os.fork)
attempt("kill", lambda: os.kill(4321, signal.SIGTERM))
attempt("wait", os.wait)
attempt("pause", signal.pause)
multiprocessing.Process(target=print).start()
