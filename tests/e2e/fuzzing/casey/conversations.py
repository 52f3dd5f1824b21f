"""Cases in every state, with posts of every kind."""

from datetime import timedelta

from app.clock import now
from tests.e2e.fuzzing.casey.making import BEN, CUSTOMER, a_case, a_message, made
from tests.e2e.fuzzing.furnished import Ready
from tests.house import House

WITH_A_FILE = """--edge\r
Content-Disposition: form-data; name="json"\r
\r
{"from": "some.user@other.tld", "message": "Here it is."}\r
--edge\r
Content-Disposition: form-data; name="files"; filename="log.txt"\r
Content-Type: text/plain\r
\r
All went well.\r
--edge--\r
"""


def conversations(house: House) -> Ready:
    """Cases with posts of every kind, files among them; messages that wait for their time, or were never sent."""
    later = (now() + timedelta(days=30)).isoformat()
    cases = [a_case(house, subject, tags=["urgent"]) for subject in ("Help", "More help", "It burns")]
    files, waiting = [], []
    for case in cases:
        form = {"Content-Type": "multipart/form-data; boundary=edge"}
        files += made(house, f"/cases/{case}/messages", WITH_A_FILE.encode(), **form)["attachments"]
        made(house, f"/cases/{case}/notes", {"from": BEN, "note": "Call her."})
        waiting.append(a_message(house, case, BEN, "Is it well?", send_at=later))
        withdrawn = a_message(house, case, BEN, "No.")[1]
        house.call("DELETE", f"/cases/{case}/messages/{withdrawn}")
    return {
        "/attachments/{uuid}": [[file["uuid"]] for file in files],
        "/public/case/files/{uuid}": [[files[0]["uuid"]]],
        "/cases/{uuid}/messages/{message}/ratings": [a_message(house, one, BEN, "We look into it.") for one in cases],
        "/cases/{uuid}/messages/{message}/cancel": waiting,
    }


def cases(house: House) -> Ready:
    """Cases in the trash, cases that were merged or are linked, and cases to be split."""
    trashed, merged, linked, long = [], [], [], []
    for number in range(3):
        trashed.append([a_case(house, f"Rubbish {number}")])
        made(house, f"/cases/{trashed[-1][0]}/trash")
        merged.append([a_case(house, f"The same {number}")])
        linked.append([a_case(house, f"Like that {number}"), a_case(house, f"Like this {number}")])
        made(house, f"/cases/{merged[-1][0]}/merge", {"into": linked[-1][0]})
        made(house, f"/cases/{linked[-1][0]}/links", {"case": linked[-1][1], "kind": "related"})
        long.append(a_message(house, a_case(house, f"Two things {number}"), CUSTOMER, "And another thing."))
    return {
        "/cases/{uuid}/purge": trashed,
        "/cases/{uuid}/unmerge": merged,
        "/cases/{uuid}/links/{other}": linked,
        "/cases/{uuid}/split": long,
    }
