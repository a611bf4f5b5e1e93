"""The fast consumer: it takes a message each two seconds."""

from donors import consume

consume("Fast", visibility_timeout=5, pause=2)
