"""What the native API answers with: a file per resource, of plain functions from rows to JSON.

Beside each function stands the shape of what it makes, for the OpenAPI document.
"""
