"""The slow consumer: it takes a message each eight seconds."""

from donors import consume

consume("Slow", visibility_timeout=20, pause=8)
