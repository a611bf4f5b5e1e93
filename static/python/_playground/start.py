"""Puts everything in its place, once, before any library is imported that would keep what is replaced."""

from . import clock, console, loop, refusals, script, signals, stacks, threads, transport


def install():
    """Not while this is being imported: the lock of an import belongs to the thread's number, which changes here."""
    for part in (stacks, clock, threads, loop, signals, console, transport, refusals, script):
        part.install()


def warm_up():
    """Imports what nearly every script does, so that it lies in the heap that later interpreters are copies of."""
    import argparse  # noqa: F401
    import concurrent.futures.thread  # noqa: F401
    import configparser  # noqa: F401
    import datetime  # noqa: F401
    import uuid  # noqa: F401

    import boto3
    import colorama  # noqa: F401

    # Not the default session: a script has to begin without one.
    session = boto3.session.Session("x", "x", region_name="us-east-1")
    session.client("sqs")
