"""Delivering: handing a mail over, and writing down what came of it."""
