"""Standard output, standard error and `input`."""

import builtins
import getpass
import io
import sys

from . import clock, places, stacks


class _Output(io.RawIOBase):
    """A stream to the page. It is a terminal as far as colours go."""

    def __init__(self, number, name):
        self._number = number
        self.name = name

    def writable(self):
        return True

    def isatty(self):
        return True

    def fileno(self):
        return self._number

    def write(self, data):
        data = bytes(data)
        stacks.bridge.write(self._number, data.decode("utf-8", "replace"))
        return len(data)


class _Input(io.TextIOBase):
    """Lines that a person types; the end of the input is an empty one."""

    encoding = "utf-8"
    name = "<stdin>"

    def readable(self):
        return True

    def isatty(self):
        return True

    def fileno(self):
        return 0

    def readline(self, size=-1):
        return read_line("")

    def read(self, size=-1):
        return "".join(iter(self.readline, ""))


def read_line(prompt):
    clock.catch_up()
    line = stacks.wait(stacks.bridge.input(prompt, *places.whereabouts()))
    return "" if line is None else line + "\n"


def read_input(prompt="", /):
    """Read a line that a person types, without its end."""
    sys.stdout.flush()
    line = read_line(str(prompt))
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1]


def read_secret(prompt="Password: ", stream=None, *, echo_char=None):
    """Read a line that a person types, without its end. The panel shows it, as all that is typed there."""
    return read_input(prompt)


def _text(number, name, errors):
    raw = io.BufferedWriter(_Output(number, name), 1)
    return io.TextIOWrapper(raw, "utf-8", errors, write_through=True, line_buffering=True)


def install():
    sys.stdout = sys.__stdout__ = _text(1, "<stdout>", "strict")
    sys.stderr = sys.__stderr__ = _text(2, "<stderr>", "backslashreplace")
    sys.stdin = sys.__stdin__ = _Input()
    read_input.__name__ = read_input.__qualname__ = "input"
    builtins.input = read_input
    read_secret.__module__, read_secret.__name__ = "getpass", "getpass"
    getpass.getpass = read_secret
