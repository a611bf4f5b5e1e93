"""Without a dead-letter queue, broken orders come back again and again."""

from consumer import consume

consume("orders-without")
