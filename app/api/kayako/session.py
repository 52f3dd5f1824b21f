"""Sessions and tokens: what stands for an API key for a while."""

from flask import Response, json

from app.api.auth import caller
from app.api.kayako.envelope import Done, One
from app.api.kayako.routing import PUBLIC, Answer, Json, route
from app.api.kayako.schemas.session import CLIENT, REFRESH, NewToken
from app.api.kayako.signing_in import within
from app.api.kayako.views.session import SESSION
from app.api.rates import count_guess
from app.errors import Unauthorized
from app.people.access import Act
from app.people.credentials import ApiKey
from app.people.key_use import live_key
from app.people.passes import LIFETIME, PassKind, end_sessions, give_pass, read_pass
from app.people.persons import find_person

NOBODY = "The user and the password, which is an API key of his, do not belong together."


@route("/session", "GET", Act.READ_OWN_KEY, shows=SESSION, scope="users")
def show() -> Answer:
    """The session of this call; whoever signs in with his address and his key gets one here, and everywhere."""
    return One(SESSION, caller())


@route("/session", "DELETE", Act.READ_OWN_KEY, scope="users")
def end() -> Answer:
    """End the session, and with it every other one of the same key."""
    end_sessions(caller())
    return Done()


@route("/oauth/token", "POST", PUBLIC, takes=NewToken, secret=True, gives="application/json")
def token(new: Json) -> Answer:
    """A token for a user, for a client, or for whoever has one that can be renewed (RFC 6749)."""
    key, scopes = _asker(new)
    if new.get("scope") is not None:
        asked = {one for each in new["scope"] for one in each.split()}
        scopes = asked if scopes is None else within(scopes, asked)
    access = give_pass(key, PassKind.ACCESS, scopes)
    refresh = give_pass(key, PassKind.REFRESH, scopes)
    said = {
        "access_token": access,
        "token_type": "bearer",
        "expires_in": int(LIFETIME[PassKind.ACCESS].total_seconds()),
        "refresh_token": refresh,
        "scope": " ".join(sorted(scopes)) if scopes is not None else "",
    }
    return Response(json.dumps(said), content_type="application/json", headers={"Cache-Control": "no-store"})


def _asker(new: Json) -> tuple[ApiKey, frozenset[str] | set[str] | None]:
    """For which key a token is asked, and to which scopes it is narrowed already. Raises Unauthorized."""
    if new["grant_type"] == REFRESH:
        known = read_pass(new["refresh_token"], PassKind.REFRESH)
        if known is None:
            count_guess()
            raise Unauthorized("This token can be renewed no longer.")
        return known.key, known.scopes
    if new["grant_type"] == CLIENT:
        key = live_key(new["client_secret"])
        right = key is not None and str(key.uuid) == new["client_id"].lower()
    else:
        key, person = live_key(new["password"]), find_person(new["username"])
        right = key is not None and person is not None and key.person_id == person.id
    if key is None or not right or key.person is None:
        count_guess()
        raise Unauthorized(NOBODY)
    return key, None
