"""`threading` over stacks. Its own Python code stays as it is; what is replaced is what it is built on."""

import _thread
import _threading_local
import logging
import queue
import sys
import threading
import traceback

from . import clock, stacks
from .locks import Lock

_alive = []  # handles of the threads that the end of the script waits for


class ThreadHandle:
    """Whether a thread has ended, and who waits for that."""

    def __init__(self, ident=None):
        self.ident = ident
        self._done = False
        self._waiters = []

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True
        for waiter in self._waiters:
            stacks.bridge.wake(waiter)
        self._waiters.clear()

    def join(self, timeout=None):
        if self._done or timeout == 0:
            return
        is_forever = timeout is None or timeout < 0
        waiter = stacks.bridge.waiter() if is_forever else clock.timer(timeout)
        self._waiters.append(waiter)
        try:
            stacks.wait(waiter)
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)


def start_joinable_thread(function, handle=None, daemon=True):
    handle = handle or ThreadHandle()

    def run():
        try:
            function()
        except SystemExit:
            pass
        except BaseException:  # as in CPython, a thread's failure is told and ends the thread alone
            traceback.print_exc()
        finally:
            handle._set_done()
            if handle in _alive:
                _alive.remove(handle)

    if not daemon:
        _alive.append(handle)
    handle.ident = stacks.spawn(run)
    return handle


def start_new_thread(function, args, kwargs={}, /):
    return start_joinable_thread(lambda: function(*args, **kwargs)).ident


def get_ident():
    return stacks.current


def join_all():
    """Waits for the threads that are no daemons: what Python does at the end of a script."""
    while _alive:
        _alive[0].join()


def install():
    _thread.allocate_lock = _thread.allocate = _thread.lock = _thread.LockType = Lock
    _thread.start_joinable_thread = start_joinable_thread
    _thread.start_new_thread = _thread.start_new = start_new_thread
    _thread.get_ident = get_ident
    threading.Lock = threading._allocate_lock = threading._LockType = Lock
    threading._CRLock = None  # then RLock is Python's own, built on Lock
    threading._ThreadHandle = threading._make_thread_handle = ThreadHandle
    threading._start_joinable_thread = start_joinable_thread
    threading._thread_shutdown = join_all
    threading.get_ident = threading.get_native_id = get_ident
    threading._get_main_thread_ident = lambda: stacks.MAIN
    threading._set_name = None
    threading._active_limbo_lock = threading.RLock()
    _install_locals()
    _install_main_thread()
    queue.SimpleQueue = queue._PySimpleQueue
    logging._lock = threading.RLock()
    # Modules that took the function by its name.
    for name in ("reprlib", "asyncio.events", "concurrent.futures._base", "logging"):
        module = sys.modules.get(name)
        if hasattr(module, "get_ident"):
            module.get_ident = get_ident


def _install_locals():
    _threading_local.current_thread = threading.current_thread
    _threading_local.RLock = threading.RLock
    _thread._local = threading.local = _threading_local.local


def _install_main_thread():
    main = threading._main_thread
    threading._active.clear()
    main._ident = stacks.MAIN
    main._native_id = stacks.MAIN
    main._os_thread_handle = ThreadHandle(stacks.MAIN)
    threading._active[stacks.MAIN] = main
