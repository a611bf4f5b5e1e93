"""Nothing of the page can be reached, by no way that we know of."""


def attempt(name, function):
    try:
        print(f"{name}: {function()}")
    except BaseException as error:
        print(f"{name}: {type(error).__name__}")


def run_javascript(text):
    from pyodide.code import run_js

    return run_js(text)


def through_proxies():
    from _playground import stacks

    return stacks.bridge.sleep.constructor("return 1")


def through_builtin():
    import _pyodide_core

    return getattr(_pyodide_core, "js", None)


def through_object():
    from _playground import stacks

    make = stacks.bridge.waiter().constructor.constructor
    return make("return typeof fetch")()


def through_finder():
    from _pyodide import _importhook

    return _importhook.jsfinder.jsproxies


def through_the_bridge():
    from _playground import stacks

    return [name for name in ("fetch", "localStorage", "indexedDB", "document", "self", "postMessage") if hasattr(stacks.bridge, name)]


attempt("js", lambda: __import__("js").fetch)
attempt("pyodide_js", lambda: __import__("pyodide_js"))
attempt("run_js", lambda: run_javascript("typeof fetch"))
attempt("constructor", through_proxies)
attempt("constructor's constructor", through_object)
attempt("core", through_builtin)
attempt("pyfetch", lambda: __import__("pyodide.http", fromlist=["x"]).pyfetch)
attempt("ctypes", lambda: __import__("ctypes"))
attempt("micropip", lambda: __import__("micropip"))
attempt("finder", through_finder)
attempt("bridge", through_the_bridge)
