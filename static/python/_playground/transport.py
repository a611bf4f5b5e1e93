"""The way to SQS: botocore's requests go to the page instead of to a connection.

It lies below everything that a script can hook into: event handlers, retries and the Stubber see what they always see.
"""

import importlib.abc
import importlib.util
import io
import json
import sys
import types

from . import clock, places, stacks

_MODULE = "botocore.httpsession"


class _Body(io.BytesIO):
    def stream(self, *args, **kwargs):
        yield self.read()


def _send(self, request):
    """Takes the place of `URLLib3Session.send`."""
    from botocore.awsrequest import AWSResponse

    clock.catch_up()
    connect, read = _timeouts(self, request)
    body = request.body
    if hasattr(body, "read"):
        body = body.read()
    if isinstance(body, (bytes, bytearray)):
        body = bytes(body).decode("utf-8", "replace")
    headers = {name: value.decode("latin-1") if isinstance(value, bytes) else str(value) for name, value in request.headers.items()}
    ask = {"method": request.method, "url": request.url, "headers": headers, "body": body or ""}
    ms = -1 if read is None else read * 1000
    waiter = stacks.bridge.call(json.dumps(ask), ms, *places.whereabouts())
    answer = json.loads(stacks.wait(waiter))
    if "error" in answer:
        raise _failure(answer["error"], request, connect, read)
    response = AWSResponse(request.url, answer["status"], answer["headers"], _Body(answer["body"].encode()))
    response.content  # read at once, as botocore does
    return response


def _timeouts(session, request):
    timeout = session._get_request_timeout(request) or session._timeout
    if isinstance(timeout, (int, float)):
        return timeout, timeout
    return timeout.connect_timeout, timeout.read_timeout


def _failure(kind, request, connect, read):
    from botocore import exceptions

    url = request.url
    if kind == "read-timeout":
        text = f"Read timed out. (read timeout={read})"
        return exceptions.ReadTimeoutError(endpoint_url=url, error=text)
    if kind == "connect-timeout":
        text = f"timed out. (connect timeout={connect})"
        return exceptions.ConnectTimeoutError(endpoint_url=url, error=text)
    if kind == "closed":
        text = "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))"
        return exceptions.ConnectionClosedError(endpoint_url=url, error=text, request=request)
    return exceptions.EndpointConnectionError(endpoint_url=url, error=kind)


class _Finder(importlib.abc.MetaPathFinder):
    """Changes the module when, and only when, a script has it imported."""

    _is_looking = False

    def find_spec(self, name, path=None, target=None):
        if name != _MODULE or self._is_looking:
            return None
        self._is_looking = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._is_looking = False
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            module.URLLib3Session.send = _send
            module.URLLib3Session._get_ssl_context = lambda self: None

        spec.loader.exec_module = exec_module
        return spec


def _without_the_browsers_network():
    """urllib3 would bring a transport of its own here, which needs the network that scripts do not have."""
    module = types.ModuleType("urllib3.contrib.emscripten")
    module.inject_into_urllib3 = lambda: None
    module.__path__ = []
    sys.modules[module.__name__] = module


def install():
    _without_the_browsers_network()
    sys.meta_path.insert(0, _Finder())
