"""Accounts that speak Deskie's protocol."""
