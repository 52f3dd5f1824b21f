"""Composing: one outbound row becomes the mail that its reader gets."""
