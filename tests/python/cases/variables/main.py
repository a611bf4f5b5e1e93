"""What a script expects of its environment, and nobody has set."""
import os

print(os.environ["HOME"], os.environ.get("QUEUE_URL"), os.getenv("QUEUE_URL", "none"))
try:
    {}["QUEUE_URL"]
except KeyError as error:
    print(error)
print(os.environ["QUEUE_URL"])
