"""Time zones by their names, in the place of dateutil's own archive of them: Python's, from the package tzdata.

dateutil reads the old part of a zone's file alone, which is empty in those of today: so it must find no files either.
"""

import functools
import zoneinfo

__all__ = ["get_zonefile_instance", "gettz", "gettz_db_metadata"]


class tzfile(zoneinfo.ZoneInfo):
    def __repr__(self):
        return f"tzfile({self.key!r})"

    __str__ = __repr__


class ZoneInfoFile:
    """All zones, each read when it is asked for."""

    metadata = None

    def __init__(self, zonefile_stream=None):
        """There is nothing to read yet."""

    def get(self, name, default=None):
        try:
            return tzfile(name)
        except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):  # it is a folder, or no name at all, or of no zone
            return default

    @functools.cached_property
    def zones(self):
        return {name: self.get(name) for name in sorted(zoneinfo.available_timezones())}


@functools.cache
def _instance():
    return ZoneInfoFile()


def get_zonefile_instance(new_instance=False):
    return ZoneInfoFile() if new_instance else _instance()


def gettz(name):
    return _instance().get(name)


def gettz_db_metadata():
    return ZoneInfoFile.metadata
