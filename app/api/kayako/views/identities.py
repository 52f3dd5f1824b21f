"""Where people are reached, and the domains of organizations, on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text
from app.people.domains import domains_numbered
from app.people.identities_by_number import identities_numbered
from app.people.models import Identity, IdentityKind, OrganizationDomain


class IdentityShape(Shape):
    """What all of them have."""

    id = a_number()
    is_primary = a_flag()
    is_validated = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


class EmailShape(IdentityShape):
    """An e-mail address."""

    email = a_text()
    is_notification_enabled = a_flag("Whether mail is sent there: not where it came back for good.")


class PhoneShape(IdentityShape):
    """A telephone number."""

    number = a_text()


class TwitterShape(IdentityShape):
    """An account of Twitter, of which Casey knows the name alone."""

    screen_name = a_text()
    twitter_id = a_text(none=True)
    full_name = a_text(none=True)
    follower_count = a_number()
    is_verified = a_flag()


class FacebookShape(IdentityShape):
    """An account of Facebook, of which Casey knows the name alone."""

    user_name = a_text()
    facebook_id = a_text(none=True)
    full_name = a_text(none=True)
    is_verified = a_flag()


class DomainShape(IdentityShape):
    """A domain of an organization."""

    domain = a_text()


def _identity(one: Identity, **what: object) -> Json:
    return {
        "id": one.id,
        **what,
        "is_primary": one.primary,
        "is_validated": one.validated_at is not None,
        "created_at": one.created_at,
        "updated_at": one.validated_at or one.created_at,
    }


def _emails(rows: Sequence[Identity], _optional: Collection[str]) -> list[Json]:
    return [_identity(one, email=one.value, is_notification_enabled=one.suppressed_at is None) for one in rows]


def _phones(rows: Sequence[Identity], _optional: Collection[str]) -> list[Json]:
    return [_identity(one, number=one.value) for one in rows]


def _twitter(rows: Sequence[Identity], _optional: Collection[str]) -> list[Json]:
    unknown = {"twitter_id": None, "full_name": None, "follower_count": 0, "is_verified": False}
    return [_identity(one, screen_name=one.value, **unknown) for one in rows]


def _facebook(rows: Sequence[Identity], _optional: Collection[str]) -> list[Json]:
    unknown = {"facebook_id": None, "full_name": None, "is_verified": False}
    return [_identity(one, user_name=one.value, **unknown) for one in rows]


def _domains(rows: Sequence[OrganizationDomain], _optional: Collection[str]) -> list[Json]:
    undated = {"created_at": None, "updated_at": None}
    return [{"id": one.id, "domain": one.domain, "is_primary": False, "is_validated": True, **undated} for one in rows]


EMAIL = Resource(
    "identity_email",
    EmailShape,
    _emails,
    lambda ids: identities_numbered(IdentityKind.EMAIL, ids),
    path="identities/emails/{}",
)
PHONE = Resource(
    "identity_phone",
    PhoneShape,
    _phones,
    lambda ids: identities_numbered(IdentityKind.PHONE, ids),
    path="identities/phones/{}",
)
TWITTER = Resource(
    "identity_twitter",
    TwitterShape,
    _twitter,
    lambda ids: identities_numbered(IdentityKind.TWITTER, ids),
    path="identities/twitter/{}",
)
FACEBOOK = Resource(
    "identity_facebook",
    FacebookShape,
    _facebook,
    lambda ids: identities_numbered(IdentityKind.FACEBOOK, ids),
    path="identities/facebook/{}",
)
DOMAIN = Resource("identity_domain", DomainShape, _domains, domains_numbered, path="identities/domains/{}")
KINDS: Mapping[IdentityKind, Resource] = {
    IdentityKind.EMAIL: EMAIL,
    IdentityKind.PHONE: PHONE,
    IdentityKind.TWITTER: TWITTER,
    IdentityKind.FACEBOOK: FACEBOOK,
}


def identity_refs(identities: Sequence[Identity]) -> Mapping[IdentityKind, list[Ref]]:
    """References to those of each kind, the first choice first."""
    found: dict[IdentityKind, list[Ref]] = {kind: [] for kind in KINDS}
    for one in sorted(identities, key=lambda one: (not one.primary, one.id)):
        if one.kind in KINDS:
            found[one.kind].append(Ref(KINDS[one.kind].kind, one.id, row=one))
    return found


def domain_refs(domains: Sequence[OrganizationDomain]) -> list[Ref]:
    """References to the domains of an organization."""
    return [Ref(DOMAIN.kind, one.id, row=one) for one in domains]
