"""Webhooks: addresses of others, each told of every event it wants to hear of, in order, until it says that it did."""
