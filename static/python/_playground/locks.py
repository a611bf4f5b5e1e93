"""Locks between stacks: handed over first come, first served, so that who gets one is never a matter of luck."""

import collections

from . import clock, stacks


class Lock:
    """A lock is either locked or unlocked. It belongs to nobody."""

    __slots__ = ("__weakref__", "_held", "_queue")

    def __init__(self):
        self._held = False
        self._queue = collections.deque()

    def acquire(self, blocking=True, timeout=-1):
        if timeout != -1:
            if not blocking:
                raise ValueError("can't specify a timeout for a non-blocking call")
            if timeout < 0:
                raise ValueError("timeout value must be a non-negative number")
            if timeout > clock.SECONDS_MAX:
                raise OverflowError("timeout value is too large")
        if not self._held:
            self._held = True
            return True
        if not blocking or timeout == 0:
            return False
        return self._wait_in_line(timeout)

    def _wait_in_line(self, timeout):
        waiter = stacks.bridge.waiter() if timeout == -1 else clock.timer(timeout)
        place = [waiter, False]  # whether the lock was handed over
        self._queue.append(place)
        try:
            stacks.wait(waiter)
        except BaseException:
            if place[1]:
                self.release()
            else:
                self._queue.remove(place)
            raise
        if not place[1]:
            self._queue.remove(place)
        return place[1]

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        if self._queue:
            place = self._queue.popleft()
            place[1] = True  # also if its time has just run out, but it has not had its turn yet
            stacks.bridge.wake(place[0])
        else:
            self._held = False

    def locked(self):
        return self._held

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, *exception):
        self.release()

    def _at_fork_reinit(self):
        self.__init__()  # there is no fork here, but modules register for one

    def __repr__(self):
        return f"<{'locked' if self._held else 'unlocked'} _thread.lock object at {id(self):#x}>"
