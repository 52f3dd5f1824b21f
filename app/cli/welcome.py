"""What is printed when Casey is ready."""

import shlex
from pathlib import Path

from app.cli.first_start import FILE
from app.config import settings
from app.config.deployment import Deployment
from app.mail.sandbox import sandbox_secret


def welcome(where: Deployment, key: str | None) -> str:
    """Where Casey is, the owner key when it is new, the sandbox, and three calls that work when pasted."""
    lines = [f"Casey is ready at {where.base_url}"]
    if key:
        lines += [f"  Owner key (shown this once, kept in {_near(where.data_dir / FILE)}): {key}"]
    if settings().sandbox:
        lines += [f"  Sandbox, where all mail goes for now: {where.base_url}/sandbox/open/{sandbox_secret(where)}"]
    return "\n".join([*lines, "  Try it:", *(f"  {line}" for line in _calls(where))])


def _calls(where: Deployment) -> list[str]:
    key = f"$(cat {shlex.quote(_near(where.data_dir / FILE))})"
    if not (where.data_dir / FILE).exists():
        key = "$CASEY_BOOTSTRAP_KEY"
    base = f'curl -s -H "Authorization: Bearer {key}"'
    json = '-H "Content-Type: application/json"'
    api = f"{where.base_url}/api/casey/v1"
    ben = """'{"name": "Ben Foo", "email": "ben@domain.tld", "team": true}'"""
    case = (
        """'{"creator": {"name": "Some User", "email": "some.user@other.tld"}, """
        """"subject": "I found a bug", "message": "There is a bug over there!"}'"""
    )
    return [
        f"{base} {json} {api}/persons -d {ben}",
        f"{base} {json} {api}/cases -d {case}",
        f"{base} {api}/cases",
    ]


def _near(path: Path) -> str:
    """A path as short as it can be said from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
