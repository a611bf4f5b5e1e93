"""What scripts in the page cannot have, said in words: no network, no processes, no more packages, no other service."""

import errno
import json
import os
import pathlib
import sys
import types

_PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six", "colorama")
_NETWORK = "scripts in the page have no network; what boto3 asks of SQS goes to the playground"
_PROCESSES = "scripts in the page cannot start other programs"
_ALONE = "there are no other processes: a script in the page knows itself alone"
_WAITS_FOR_SIGNALS = "scripts in the page cannot wait for a signal; a handler is called while they wait for anything else"
_ONE_PROCESS = "The page runs a script in one process: use threading or concurrent.futures.ThreadPoolExecutor."
_LINES = "The panel is no whole terminal: a script prints lines and colours, and what input() asks for is typed as a line."
_WINDOWS = "Scripts in the page have no windows: they print, and ask by input()."
_ALARMS = "No signal comes by itself in the page: threading.Timer calls a function at its time."
_READ_VARIABLE = type(os.environ).__getitem__.__code__
_SERVICES = pathlib.Path(__file__).parent.parent / "_playground_services.json"


def _sentence(text):
    return f"{text[0].upper()}{text[1:]}."


# Of Python's own library, what is left out for a reason that can be told.
_LEFT_OUT = {
    "curses": _LINES,
    "pdb": "There is no debugger in the page: print what is of interest.",
    "readline": _LINES,
    "tkinter": _WINDOWS,
    "turtle": _WINDOWS,
} | dict.fromkeys(("ftplib", "imaplib", "poplib", "smtplib", "wsgiref", "xmlrpc"), _sentence(_NETWORK))
# And of its modules.
_ABSENT = {
    "concurrent.futures.InterpreterPoolExecutor": _ONE_PROCESS,
    "os.forkpty": _sentence(_PROCESSES),
    "os.nice": _ONE_PROCESS,
    "os.openpty": _LINES,
    "os.sched_getaffinity": _ONE_PROCESS,
    "signal.alarm": _ALARMS,
    "signal.pthread_kill": "Threads in the page get no signals: let them look at a threading.Event.",
    "signal.setitimer": _ALARMS,
    "socket.SO_REUSEADDR": _sentence(_NETWORK),
    "time.tzset": "Scripts in the page live by UTC: zoneinfo.ZoneInfo has the times of other zones.",
}


def explain(error):
    """Adds to an error that ends the script what its own text does not say."""
    note = _note(error)
    if note and note not in getattr(error, "__notes__", ()):
        error.add_note(note)
    if type(error).__name__ == "ZoneInfoNotFoundError":
        error.__suppress_context__ = True  # how it was looked for among packages


def _note(error):
    return _note_by_type(error) or _note_by_place(error)


def _note_by_type(error):
    kind = type(error).__name__
    if kind in ("UnknownServiceError", "ResourceNotExistsError"):
        return _other_service(str(error))
    if kind == "ZoneInfoNotFoundError":
        return "The time zones that there are: zoneinfo.available_timezones()."
    if kind == "error" and type(error).__module__ == "termios":
        return _LINES
    if isinstance(error, RecursionError):
        return "A function calls itself too many times, perhaps for ever."
    if isinstance(error, MemoryError):
        return "A script in the page may use about 512 MB of memory."
    return None


def _note_by_place(error):
    if _comes_through(error, "/multiprocessing/", "/futures/process.", "/concurrent/interpreters/"):
        return _ONE_PROCESS
    if isinstance(error, ModuleNotFoundError) and error.name == "js" and _comes_through(error, "/webbrowser."):
        return "Scripts in the page cannot open another page."
    if isinstance(error, NotImplementedError) and _comes_through(error, "/asyncio/subprocess."):
        return _sentence(_PROCESSES)
    if isinstance(error, ModuleNotFoundError):
        return _missing_module(error.name or "")
    if isinstance(error, (AttributeError, ImportError)):
        return _ABSENT.get(_name_of_what_is_absent(error))
    return _missing_variable(error)


def _comes_through(error, *parts):
    """Whether the error was raised below one of these modules."""
    trace = error.__traceback__
    while trace is not None:
        if any(part in trace.tb_frame.f_code.co_filename for part in parts):
            return True
        trace = trace.tb_next
    return False


def _missing_module(name):
    package = name.partition(".")[0]
    if package in sys.stdlib_module_names:
        return _LEFT_OUT.get(
            package, f"{package} needs what a page does not have, so it is left out of Python's library here."
        )
    if package in _PACKAGES:
        return f"{package} is in the page, but has no {name.removeprefix(package + '.')} here."
    if package in sys.modules or not package:
        return None  # a module of the script's own, that has no such part
    return (
        f"There is no package {package} in the page, and none can be installed. Besides Python's own library there are "
        f"{', '.join(_PACKAGES[:-1])} and {_PACKAGES[-1]}; a module of your own can be a file beside the script."
    )


def _name_of_what_is_absent(error):
    """As `signal.alarm`, however the script has asked a module for it."""
    if isinstance(error, ImportError):
        return f"{error.name}.{error.name_from}"
    return f"{error.obj.__name__}.{error.name}" if isinstance(error.obj, types.ModuleType) else ""


def _missing_variable(error):
    """`os.environ["NAME"]`: there is no shell in which a person could set it."""
    if not isinstance(error, KeyError):
        return None
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code is not _READ_VARIABLE:
        return None
    name = error.args[0]
    return f"{name} is not set: a file .env beside the script sets it with a line {name}=value."


def _other_service(text):
    asked = text.partition("'")[2].partition("'")[0]
    known = json.loads(_SERVICES.read_text()) if _SERVICES.exists() else []
    if asked in known:
        return f"The playground simulates SQS alone: {asked} is not here."
    return None


def _refuse(text, number=errno.ENOTSUP):
    def refused(*args, **kwargs):
        raise OSError(number, text)

    return refused


def _only_to_itself(kill):
    def kill_itself(pid, signal, /):
        if pid != os.getpid():
            raise ProcessLookupError(errno.ESRCH, _ALONE)
        kill(pid, signal)

    return kill_itself


def install():
    import signal
    import socket
    import subprocess

    for name in ("connect", "connect_ex", "bind", "listen", "sendto"):
        setattr(socket.socket, name, _refuse(_NETWORK))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "create_connection", "create_server"):
        setattr(socket, name, _refuse(_NETWORK))
    subprocess.Popen.__init__ = _refuse(_PROCESSES)
    subprocess.Popen.__del__ = lambda self: None
    for name in ("system", "popen", "posix_spawn", "posix_spawnp", "execv", "execve", "execvp", "execvpe", "fork"):
        setattr(os, name, _refuse(_PROCESSES))
    for name in ("wait", "wait3", "wait4", "waitid", "waitpid"):
        setattr(os, name, _refuse(_ALONE, errno.ECHILD))
    os.kill = _only_to_itself(os.kill)
    os.killpg = _refuse(_ALONE, errno.ESRCH)
    for name in ("pause", "sigwait", "sigwaitinfo", "sigtimedwait"):
        setattr(signal, name, _refuse(_WAITS_FOR_SIGNALS))


def hide_the_page():
    """The modules that lead to the page's own objects. There is nothing behind them either: sandbox.mjs."""
    for finder in [finder for finder in sys.meta_path if type(finder).__name__ == "JsFinder"]:
        sys.meta_path.remove(finder)
        finder.jsproxies.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("js", "pyodide_js")]:
        del sys.modules[name]
