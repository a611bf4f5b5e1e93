"""Recursion through the interpreter's own stack, without a limit: at worst the interpreter is gone, and says so."""
import sys

sys.setrecursionlimit(10**8)


def deeper(key):
    return sorted([1, 2], key=deeper)


deeper(0)
