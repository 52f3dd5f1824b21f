"""What our own mail server says about a sender is written down with the mail, and nobody else's word is."""

import pytest
from flask import Flask

from app.transaction import transaction
from tests.cast import BEN, UNA, Cast
from tests.mail.incoming import decided, incoming

OURS = "mx.casey.test"
trusted = pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)


def noted(*lines: str, sender: str = UNA) -> str | None:
    """What is written down about a mail with these headers."""
    with transaction():
        inbound = decided(incoming(sender, headers={"authentication-results": list(lines)}))
        [step] = [one for one in inbound.decisions if one["rule"] == "authentication"]
        assert step["hit"] is (step["detail"] is not None)
        return step["detail"]


@trusted
@pytest.mark.parametrize("said", ["pass", "fail", "none"])
def test_the_word_of_our_server_is_written_down(context: Flask, cast: Cast, said: str) -> None:
    assert noted(f"{OURS}; dmarc={said} header.from=customer.test") == f"{said}, says {OURS}"


@trusted
@pytest.mark.parametrize(
    "said",
    ["dmarc=pass", "dmarc=pass header.from=other.test", "dmarc=pass header.from=customer.test header.from=other.test"],
)
def test_a_pass_that_does_not_name_the_senders_domain_alone_is_no_pass(context: Flask, cast: Cast, said: str) -> None:
    assert noted(f"{OURS}; {said}") == f"none, says {OURS}"


@trusted
@pytest.mark.parametrize(
    "said", ["dmarc=pass " + "(" * 900, "(" * 20_000, "dmarc=pass header.from=" + "(" * 900 + ")" * 900]
)
def test_a_line_with_endless_comments_says_nothing(context: Flask, cast: Cast, said: str) -> None:
    assert noted(f"{OURS}; {said}") == f"none, says {OURS}"


@trusted
def test_the_word_of_another_server_is_no_word(context: Flask, cast: Cast) -> None:
    assert noted("mx.elsewhere.test; dmarc=pass header.from=customer.test") is None
    assert noted() is None


def test_without_a_trusted_server_there_is_none(context: Flask, cast: Cast) -> None:
    stamp = f"{OURS}; dmarc=pass header.from=team.test"
    assert noted(stamp, sender=BEN) is None
    with transaction():
        inbound = decided(incoming(BEN, headers={"authentication-results": [stamp]}))
        assert (inbound.outcome, inbound.reason) == ("held", "from_team_without_case")
