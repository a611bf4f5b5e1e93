"""`asyncio`: Python's own event loop, which waits on a stack instead of on sockets."""

import asyncio
import asyncio.base_events
import asyncio.events
import asyncio.unix_events
import signal

from . import clock, stacks


class _Selector:
    """Where the loop waits. Nothing can arrive from outside but a wake-up from another thread."""

    def __init__(self):
        self._waiter = None
        self._is_woken = False

    def select(self, timeout=None):
        if timeout is None or timeout > 0:
            if not self._is_woken:
                self._wait(timeout)
        self._is_woken = False
        return ()

    def _wait(self, timeout):
        bridge = stacks.bridge
        self._waiter = bridge.waiter() if timeout is None else clock.timer(timeout)
        try:
            stacks.wait(self._waiter)
        finally:
            self._waiter = None

    def wake(self):
        self._is_woken = True
        if self._waiter is not None:
            stacks.bridge.wake(self._waiter)

    def close(self):
        pass


class VirtualEventLoop(asyncio.base_events.BaseEventLoop):
    """The event loop of scripts in the page: tasks, timers and executors; no sockets, no processes."""

    def __init__(self):
        super().__init__()
        self._selector = _Selector()
        self._signal_handlers = {}

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        self._selector.wake()

    def add_signal_handler(self, number, callback, *args):
        def handle(number, frame):
            self.call_soon_threadsafe(callback, *args)

        self._signal_handlers[number] = signal.signal(number, handle)

    def remove_signal_handler(self, number):
        before = self._signal_handlers.pop(number, None)
        if before is not None:
            signal.signal(number, before)
        return before is not None


class _Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = VirtualEventLoop


def install():
    # Pyodide's own `run` asks for its own loop; Python's is still there.
    asyncio.run = asyncio.runners.run
    asyncio.unix_events._UnixDefaultEventLoopPolicy = asyncio.unix_events._DefaultEventLoopPolicy = _Policy
    asyncio.SelectorEventLoop = asyncio.EventLoop = VirtualEventLoop
    asyncio.runners.EventLoop = VirtualEventLoop


def begin():
    """In the script's own stack: no loop runs yet, whatever the interpreter used to start."""
    asyncio._set_running_loop(None)
    asyncio.events._event_loop_policy = None
    asyncio.events._set_event_loop_policy(_Policy())
