import configparser
import json
import pathlib

from helpers.naming import full_name

config = configparser.ConfigParser()
config.read("settings.ini")


def bodies():
    plain = [body.strip() for body in config["producer"]["bodies"].split(",")]
    return plain + [entry["body"] for entry in json.loads(pathlib.Path("data.json").read_text())]


def queue_name():
    return full_name(config.get("queue", "name"))
