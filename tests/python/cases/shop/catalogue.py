import json

import sender  # a circle, as it happens

with open("catalogue.json", encoding="utf-8") as file:
    PRICES = json.load(file)
CATALOGUE = sorted(PRICES)


def price(item):
    return PRICES[item] * (1 + sender.settings.getint("queue", "tax") / 100)
