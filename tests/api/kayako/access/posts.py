"""What is written on cases: posts, messages, notes and replies, and files that wait for them."""

from app.people.models import Role
from tests.api.kayako.access.table import Guarded

ALL, AGENTS = Role.COLLABORATOR, Role.AGENT
CASE, POST = "/cases/<case>", "/cases/posts/<post>"
SEEN, NOTE = {"post_status": "SEEN"}, {"contents": "She has called twice."}

# What is changed here is somebody else's; the file that waits is the collaborator's own.
ROUTES = [
    Guarded("GET", f"{CASE}/posts", ALL, "/cases/{case}/posts"),
    Guarded("GET", POST, ALL, "/cases/posts/{post}"),
    Guarded("PUT", POST, ALL, "/cases/posts/{post}", SEEN),
    Guarded("GET", f"{POST}/email_original", ALL, "/cases/posts/{mail}/email_original"),
    Guarded("POST", f"{CASE}/reply", ALL, "/cases/{case}/reply", {"contents": "It is out."}),
    Guarded("GET", f"{CASE}/notes", ALL, "/cases/{case}/notes"),
    Guarded("POST", f"{CASE}/notes", ALL, "/cases/{case}/notes", NOTE),
    Guarded("GET", f"{CASE}/notes/<note>", ALL, "/cases/{case}/notes/{note}"),
    Guarded("PUT", f"{CASE}/notes/<note>", AGENTS, "/cases/{case}/notes/{note}", NOTE),
    Guarded("GET", f"{CASE}/activities", ALL, "/cases/{case}/activities"),
    Guarded("GET", f"{CASE}/messages", ALL, "/cases/{case}/messages"),
    Guarded("GET", f"{CASE}/messages/<message>", ALL, "/cases/{case}/messages/{post}"),
    Guarded("GET", "/cases/messages/<message>", ALL, "/cases/messages/{post}"),
    Guarded("GET", "/messages/<message>", ALL, "/messages/{post}"),
    Guarded("POST", "/files", ALL, "/files?_filename=new.txt", "new"),
    Guarded("GET", "/files", ALL, "/files"),
    Guarded("GET", "/files/<file>", ALL, "/files/{file}"),
    Guarded("DELETE", "/files/<file>", ALL, "/files/{file}"),
]
