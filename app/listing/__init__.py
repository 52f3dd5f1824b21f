"""How lists are narrowed, sorted and cut into pages.

Each resource declares in one table what can be asked of its list.
"""

from app.listing.filters import Family, Filter, among, moments, parted, texts, words
from app.listing.lists import Listing, Slice

__all__ = ["Family", "Filter", "Listing", "Slice", "among", "moments", "parted", "texts", "words"]
