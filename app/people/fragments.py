"""What persons and organizations are found by a piece of: an address, whatever its kind, and their names."""

from app.listing.fragments import Fragments
from app.people.models import Identity, Organization, Person

ADDRESSES = Fragments(Identity.id, Identity.key, "address_fragments")
ORGANIZATIONS = Fragments(Organization.id, Organization.name, "organization_fragments")
NAMES = Fragments(Person.id, Person.name, "name_fragments")
