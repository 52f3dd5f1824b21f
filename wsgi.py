"""The web entry point: ``gunicorn wsgi:app``."""

from app import create_app
from app.collector import spare_the_collector
from app.logs import set_up_logs

set_up_logs()
app = create_app()
spare_the_collector()
