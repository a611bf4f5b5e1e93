"""Several files that import each other, a configuration, data, arguments and the environment."""
import argparse
import os
import pathlib
import sys

from catalogue import CATALOGUE
from sender import Sender, settings

parser = argparse.ArgumentParser()
parser.add_argument("--orders", type=int, default=1)
parser.add_argument("--dry-run", choices=["yes", "no"], default="yes")
arguments = parser.parse_args()
print(sys.argv[0], arguments)
os.environ["SHOP_STAGE"] = "test"
print(os.environ["HOME"], os.environ["USER"], os.environ["TZ"], os.getenv("AWS_DEFAULT_REGION"), os.getcwd())
print(sorted(path.name for path in pathlib.Path(__file__).parent.iterdir()))
sender = Sender(settings["queue"]["name"], arguments.dry_run == "yes")
for number in range(arguments.orders):
    sender.send(number, CATALOGUE[number % len(CATALOGUE)])
print(sender, f"{settings.getfloat('queue', 'patience')=}", settings["DEFAULT"].get("colour", "none"))
with open("report.txt", "a") as report:
    print("sent", sender.count, file=report)
print(open("report.txt").read(), end="")
