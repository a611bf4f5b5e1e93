"""Time: `time.sleep` on the virtual clock. What reads the clock needs no change: the worker's own clock is virtual."""

import time

from . import places, stacks

SECONDS_MAX = 2**63 // 10**9  # what Python's own clock can count


def sleep(seconds, /):
    """Suspend the calling thread for the given number of virtual seconds."""
    if hasattr(seconds, "__index__"):
        seconds = seconds.__index__()
    elif not isinstance(seconds, float):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if seconds > SECONDS_MAX:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    if seconds == 0 and not stacks.bridge.is_ahead():
        time.monotonic()  # a loop that only ever gives way looks at the clock, and so comes to its end
        stacks.give_way()
    else:
        stacks.wait(timer(seconds))


def timer(seconds):
    """A waiter that is woken when so much time has passed, unless it is woken before."""
    return stacks.bridge.sleep(seconds * 1000, *places.whereabouts())


def catch_up():
    """Waits for the page's clock if this one, by a busy loop, is ahead: what the page is asked happens at its time."""
    if stacks.bridge.is_ahead():
        stacks.wait(timer(0))


def install():
    sleep.__module__ = "time"
    time.sleep = sleep
