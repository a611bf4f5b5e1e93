"""Time zones, as Python and dateutil know them: the same ones, and what is no zone is none."""
import zoneinfo
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import dateutil.parser
import dateutil.zoneinfo
from dateutil import tz

NAMES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Chatham"]
now = datetime.now(timezone.utc)
for name in NAMES:
    summer = now + timedelta(days=180)
    print(name, [moment.astimezone(ZoneInfo(name)).isoformat() for moment in (now, summer)])
    print("  as dateutil says", now.astimezone(tz.gettz(name)).strftime("%H:%M %Z"))
    assert summer.astimezone(tz.gettz(name)).utcoffset() == summer.astimezone(ZoneInfo(name)).utcoffset()
print(f'{datetime.now(ZoneInfo("America/New_York")):%c %z}, {datetime.now(tz.gettz("Europe/Berlin")):%c %z}')
print(datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")).timestamp())
print(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")).tzname())
known = zoneinfo.available_timezones()
print(len(known) > 590, known == set(dateutil.zoneinfo.get_zonefile_instance().zones))
print(dateutil.zoneinfo.gettz("Asia/Tokyo"), tz.gettz("UTC"), tz.gettz("CET-1CEST"))
print(tz.gettz("Europe/Atlantis"), tz.gettz("Europe"), tz.gettz("nowhere"))
print(dateutil.parser.parse("2026-07-01 12:00 EDT", tzinfos={"EDT": tz.gettz("America/New_York")}).isoformat())
ZoneInfo("Europe/Atlantis")
