"""Numbers, dates and ids as a script computes them: nothing depends on the machine."""
import decimal
import hashlib
import random
import time
import uuid
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

now = datetime.now(timezone.utc)
print(now.isoformat(), now.strftime("%A %d %B %Y"), now.timestamp())
print(datetime.now().astimezone().tzname(), datetime.today().date() == date.today())
print(datetime.fromisoformat("2026-03-29T00:30:00+00:00") - now)
print(timedelta(seconds=12345.678), (now + timedelta(days=59)).date())
print(now.astimezone(ZoneInfo("UTC")).isoformat(), time.localtime()[:6], datetime.fromtimestamp(0), time.mktime((2026, 7, 1) + 6 * (0,)))
first, second = uuid.uuid4(), uuid.uuid4()
print(first != second, first.version, str(uuid.UUID(int=5)), uuid.uuid3(uuid.NAMESPACE_URL, "x"))
print(uuid.uuid1().version, len(str(uuid.uuid1())))
print(decimal.Decimal("0.1") + decimal.Decimal("0.2"), 0.1 + 0.2, round(2.675, 2), 7 // -2, -7 % 3)
random.seed(42)
print(random.randint(1, 100), random.choice("abc"), f"{random.gauss(0, 1):.6f}")
print(hashlib.md5(b"hello").hexdigest())
print(now.astimezone(ZoneInfo("Europe/Berlin")).isoformat())
