"""Where in the script something happens: its own line, not the library's that it called."""

import sys
import threading

HOME = "/home/you"
_PREFIX = HOME + "/"


def whereabouts():
    """The innermost line of the script as `file:line`, and the thread's name; both may be empty."""
    return line_of(sys._getframe(2)), _thread_name()


def line_of(frame):
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_PREFIX):
            return f"{file[len(_PREFIX):]}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def _thread_name():
    thread = threading._active.get(threading.get_ident())
    return "" if thread is None or thread is threading._main_thread else thread.name


def frames_of(traceback):
    """The steps of a traceback that lie in the script's own files, the innermost last."""
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename.startswith(_PREFIX):
            file = code.co_filename[len(_PREFIX):]
            frames.append({"file": file, "line": traceback.tb_lineno, "function": code.co_name})
        traceback = traceback.tb_next
    return frames
