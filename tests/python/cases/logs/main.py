import logging
import logging.handlers
import threading

import boto3

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(threadName)s: %(message)s")
log = logging.getLogger("shop")
log.info("started")
log.debug("not shown")
threading.Thread(target=lambda: log.warning("from a thread"), name="clerk").start()
boto3.client("sqs").create_queue(QueueName="logged")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("it failed")
handler = logging.FileHandler("shop.log")
handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
log.addHandler(handler)
log.error("into a file, too")
print(open("shop.log").read(), end="")
boto3.set_stream_logger("botocore.retries", logging.WARNING)
