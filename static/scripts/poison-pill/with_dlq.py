"""With a dead-letter queue, a broken order is set aside after three receives."""

from consumer import consume

consume("orders-with")
