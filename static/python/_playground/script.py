"""One run of one script, from its start to its end and what came of it."""

import atexit
import builtins
import json
import linecache
import logging
import os
import random
import sys
import threading
import time
import traceback
import types

from . import loop, places, refusals, signals, stacks

_KEYBOARD_INTERRUPT_CODE = 130
_OURS = os.path.dirname(__file__)


def prepare(order):
    """Makes everything ready; the page then begins the main stack. `order` is JSON: main, argv, env and seed."""
    order = json.loads(order)
    os.environ.pop("PYTHONPATH", None)
    os.environ.update(order["env"])
    random.seed(order["seed"])
    os.chdir(places.HOME)
    path = f"{places.HOME}/{order['main']}"
    sys.argv = [order["main"], *order["argv"]]
    sys.path[:] = [os.path.dirname(path), *(entry for entry in sys.path if entry not in ("", "."))]
    sys.dont_write_bytecode = True
    sys.excepthook = sys.__excepthook__
    sys.setrecursionlimit(1000)
    logging._startTime = time.time_ns()  # it was imported before the script began
    refusals.hide_the_page()
    stacks.run_as_main(lambda: _run(path))


def where_each_waits():
    """For the page: JSON of which thread waits at which line."""
    waits = []
    for ident, frame in sorted(stacks.where_each_waits().items()):
        thread = threading._active.get(ident)
        waits.append({"thread": thread.name if thread else "", "place": places.line_of(frame)})
    return json.dumps(waits)


def _run(path):
    signals.begin()
    loop.begin()
    code, trace = _guard(lambda: _execute(path))
    for finish in (threading._shutdown, atexit._run_exitfuncs, _flush):
        late_code, late_trace = _guard(finish)
        code, trace = code or late_code, trace or late_trace
    _report(code, trace)


def _execute(path):
    with open(path, encoding="utf-8-sig") as file:
        source = file.read()
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__builtins__ = builtins
    sys.modules["__main__"] = module
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)


def _guard(function):
    """Calls it, and says with which code that leaves Python, and the trace of what it has failed of."""
    try:
        function()
    except SystemExit as exit:
        return _code_of(exit), None
    except BaseException as error:
        return _fail(error)
    return 0, None


def _code_of(exit):
    if exit.code is None:
        return 0
    if isinstance(exit.code, int):
        return exit.code & 0xFF
    print(exit.code, file=sys.stderr)
    return 1


def _fail(error):
    refusals.explain(error)
    _clean(error)
    trace = error.__traceback__
    try:
        sys.excepthook(type(error), error, trace)
    except Exception:
        traceback.print_exception(error)
    code = _KEYBOARD_INTERRUPT_CODE if isinstance(error, KeyboardInterrupt) else 1
    text = "".join(traceback.format_exception(error))
    return code, {
        "type": type(error).__name__,
        "message": str(error),
        "frames": _frames(error, trace),
        "text": text,
    }


def _frames(error, trace):
    frames = places.frames_of(trace)
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(places.HOME):
        file = error.filename[len(places.HOME) + 1:]
        frames.append({"file": file, "line": error.lineno or 1, "function": ""})
    return frames


def _clean(error):
    """Takes these modules out of the tracebacks of an error and of what it came from."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        error.__traceback__ = _without_ours(error.__traceback__)
        error = error.__cause__ or error.__context__


def _without_ours(trace):
    """The traceback without the steps that lie in these modules, before the script and below it."""
    steps = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_OURS):
            steps.append(trace)
        trace = trace.tb_next
    for step, following in zip(steps, [*steps[1:], None]):
        step.tb_next = following
    return steps[0] if steps else None


def _flush():
    sys.stdout.flush()
    sys.stderr.flush()


def _report(code, trace):
    if code == _KEYBOARD_INTERRUPT_CODE:
        state = "interrupted"
    else:
        state = "failed" if code else "ended"
    stacks.bridge.ended(json.dumps({"state": state, "code": code, "traceback": trace}))


def _leave_at_once(code):
    """What `os._exit` does: no clean-up, no other thread has a turn."""
    _report(code & 0xFF, None)
    stacks.wait(stacks.bridge.waiter())


def install():
    os._exit = _leave_at_once
