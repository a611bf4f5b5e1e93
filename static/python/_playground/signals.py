"""Signals: Ctrl-C by hand, and the pulse of a script that computes.

The pulse comes after so much work without a wait. It makes the script wait for a moment of virtual time: so a loop that
never waits does not hold up the world for ever, and can be stopped.
"""

import os
import signal

from pyodide.ffi import can_run_sync

from . import places, stacks

_PULSE = signal.SIGVTALRM
_HERE = os.path.dirname(__file__)
_DELICATE = {f"{_HERE}/{name}.py" for name in ("clock", "console", "locks", "loop", "transport")}


def handle_signals():
    """Runs the handlers of what was sent from the page, on the main stack as Python does."""
    number = stacks.bridge.take_signal()
    handler = signal.getsignal(number)
    if callable(handler):
        handler(number, None)
    elif handler == signal.SIG_DFL and number != signal.SIGINT:
        raise SystemExit(128 + number)


def _on_pulse(number, frame):
    if _is_delicate(frame) or not can_run_sync():
        stacks.bridge.pulse_soon()
    else:
        stacks.wait(stacks.bridge.sleep_for_work(*places.whereabouts()))


def _is_delicate(frame):
    """Whether the pulse has come in the middle of what has to be done in one go."""
    file = frame.f_code.co_filename
    if file.startswith("<frozen importlib") or (file.startswith(_HERE) and not file.endswith("script.py")):
        return True
    for _ in range(2):  # or in something small that such a thing has called
        frame = frame.f_back
        if frame is None:
            return False
        if frame.f_code.co_filename in _DELICATE:
            return True
    return False


def install():
    stacks.handle_signals = handle_signals


def begin():
    signal.signal(_PULSE, _on_pulse)
    signal.signal(signal.SIGINT, signal.default_int_handler)
