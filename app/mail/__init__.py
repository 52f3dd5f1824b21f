"""Mail: ``intake`` takes it in, ``reading`` reads it, ``deciding`` says what becomes of it, and ``sending`` sends ours.

The sandbox stands in place of servers on both sides.
"""

from app.mail import models

__all__ = ["models"]
