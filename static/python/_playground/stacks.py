"""Stacks: what a thread is here, and the one way in which Python waits.

A stack is a call from the page that can be suspended in the middle. One runs at a time; which one is the business of
static/python/stacks.mjs, so that it is the same in every browser.
"""

import asyncio
import functools
import gc
import itertools
import sys

from pyodide.ffi import JsProxy, run_sync

MAIN = 1
_SIGNALLED = 1
_COLLECT_AT = 5000  # young objects
_FULL_EVERY = 50  # collections

bridge = None  # the worker's side, from `attach`
current = MAIN
idents = itertools.count(MAIN + 1)
handle_signals = None  # from `signals`
_entries = {}
_waiting = {}
_collections = itertools.count(1)


def attach(worker):
    """Says how the page is reached. Not at import: the heap may be a copy that is older than this worker."""
    global bridge
    bridge = worker


def wait(waiter):
    """Suspends this stack until `waiter` is woken, and returns what it was woken with."""
    global current
    ident = current
    _waiting[ident] = sys._getframe(1)
    try:
        while True:
            bridge.block(waiter)
            outcome = run_sync(waiter.promise)
            current = ident
            if gc.get_count()[0] > _COLLECT_AT:
                _collect()
            if outcome != _SIGNALLED:
                return waiter.value
            handle_signals()
    except BaseException:
        bridge.wake(waiter)  # nobody waits for it any more, and the page need not bring it
        raise
    finally:
        _waiting.pop(ident, None)


def give_way():
    """Lets the other stacks that can run have their turn."""
    wait(bridge.pass_on())


def spawn(function):
    """Begins a stack that runs `function`, and returns its number."""
    ident = next(idents)
    _entries[ident] = function
    bridge.spawn(ident)
    return ident


def run(ident):
    """What the page calls to run a stack to its end."""
    global current
    current = ident
    _entries.pop(ident)()


def run_as_main(function):
    _entries[MAIN] = function


def where_each_waits():
    """The frames in which stacks are suspended, by the stacks' numbers."""
    return dict(_waiting)


def _collect():
    # The collector of this Python cannot walk the frames of a suspended stack when it goes on by itself, a little at a
    # time (pyodide issue 6464). Whole generations are safe, at a moment of our choice.
    _gc_collect(2 if next(_collections) % _FULL_EVERY == 0 else 0)


_gc_collect = gc.collect


def _collect_whole(generation=2):
    return _gc_collect(2 if generation == 1 else generation)


def _install_suspension():
    # `run_sync` asks asyncio to make a future of what it is given, which takes a running loop and ten times as long. A
    # promise is waited for as it is.
    ensure_future = asyncio.ensure_future

    @functools.wraps(ensure_future)
    def as_it_is(awaitable, *, loop=None):
        return awaitable if isinstance(awaitable, JsProxy) else ensure_future(awaitable, loop=loop)

    asyncio.ensure_future = as_it_is


def install():
    _install_suspension()
    gc.disable()
    gc.enable = lambda: None
    gc.collect = _collect_whole
