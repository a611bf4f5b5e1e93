"""What scripts in the page cannot have, said in words: no network, no processes, no more packages, no other service."""

import errno
import json
import os
import pathlib
import sys

_PACKAGES = "boto3, botocore, s3transfer, jmespath, dateutil, urllib3, six and colorama"
_NETWORK = "scripts in the page have no network; what boto3 asks of SQS goes to the playground"
_PROCESSES = "scripts in the page cannot start other programs"
_ONE_PROCESS = "The page runs a script in one process: use threading or concurrent.futures.ThreadPoolExecutor."
_SERVICES = pathlib.Path(__file__).parent.parent / "_playground_services.json"


def explain(error):
    """Adds to an error that ends the script what its own text does not say."""
    note = _note(error)
    if note and note not in getattr(error, "__notes__", ()):
        error.add_note(note)


def _note(error):
    if _comes_through(error, "/multiprocessing/", "/futures/process."):
        return _ONE_PROCESS
    if isinstance(error, ModuleNotFoundError) and error.name:
        return _missing_module(error.name.partition(".")[0])
    if type(error).__name__ in ("UnknownServiceError", "ResourceNotExistsError"):
        return _other_service(str(error))
    if type(error).__name__ == "ZoneInfoNotFoundError":
        return "The page has no table of time zones: there is UTC alone."
    if isinstance(error, RecursionError):
        return "A function calls itself too many times, perhaps for ever."
    if isinstance(error, MemoryError):
        return "A script in the page may use about 512 MB of memory."
    return None


def _comes_through(error, *parts):
    """Whether the error was raised below one of these modules."""
    trace = error.__traceback__
    while trace is not None:
        if any(part in trace.tb_frame.f_code.co_filename for part in parts):
            return True
        trace = trace.tb_next
    return False


def _missing_module(name):
    if name in sys.stdlib_module_names:
        return f"{name} needs what a page does not have, so it is left out of Python's library here."
    return (
        f"There is no package {name} in the page, and none can be installed. Besides Python's own library there are "
        f"{_PACKAGES}; a module of your own can be a file beside the script."
    )


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


def install():
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


def hide_the_page():
    """The modules that lead to the page's own objects. There is nothing behind them either: sandbox.mjs."""
    for finder in [finder for finder in sys.meta_path if type(finder).__name__ == "JsFinder"]:
        sys.meta_path.remove(finder)
        finder.jsproxies.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("js", "pyodide_js")]:
        del sys.modules[name]
