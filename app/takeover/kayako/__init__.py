"""Accounts that speak Kayako's protocol."""
