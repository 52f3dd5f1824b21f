"""Sending mail: what has to be mailed to whom, made without a foreign address in it, and handed over."""
