"""Casey, a headless support-case service. ``create_app`` is the one place that knows every part."""

import os
from collections.abc import Mapping

import flask_mail
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import documents, error_handling, health, portal
from app.api import dialects
from app.api.rates import set_up_rates
from app.config.current import EXTENSION, Configuration
from app.config.deployment import Deployment, deployment
from app.config.sources import read_environment, read_static
from app.database import set_up_database
from app.events import bind_reactions
from app.logs import log_requests
from app.mail.sending.composing.templates import check_templates
from app.overrides import read_overrides
from app.queue import set_up_queue
from app.reactions import REACTIONS
from app.request_ids import name_requests
from app.same_site import refuse_other_sites

LARGEST_BODY = 60 * 1024 * 1024


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application, set up by the environment. Raises BadConfiguration with a text for the operator."""
    environ = os.environ if environ is None else environ
    where = deployment(environ)
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _configure(app, where)
    _know_proxies(app, where.trusted_proxies)
    app.extensions[EXTENSION] = Configuration(
        where, read_static(where.config_file, environ), read_overrides, frozenset(read_environment(environ))
    )
    set_up_database(app, where)
    app.extensions["mail"] = flask_mail.Mail()
    set_up_queue(app, where.redis_url)
    set_up_rates(app, where.redis_url)
    check_templates(where.templates_dir)
    bind_reactions(REACTIONS)
    dialects.register(app)
    portal.register(app)
    documents.register(app)
    health.register(app)
    error_handling.register(app)
    app.before_request(refuse_other_sites)
    log_requests(app)
    name_requests(app)
    return app


def _know_proxies(app: Flask, many: int) -> None:
    """Believe as many proxies as stand before Casey in who is asking, and in nothing else."""
    if many:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=many, x_proto=0, x_host=0)  # type: ignore[method-assign]


def _configure(app: Flask, where: Deployment) -> None:
    app.config.update(
        SECRET_KEY=where.secret_key,
        TRUSTED_HOSTS=list(where.trusted_hosts),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-casey" if where.secure else "casey",  # no neighbouring site can set that
        SESSION_COOKIE_SECURE=where.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
