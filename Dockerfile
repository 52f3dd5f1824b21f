# All of Casey in one image: without arguments it starts the store, the web server, the workers and the ticker.
# How to run it: docs/operations.md.

FROM python:3.11.13-slim-bookworm AS build

ENV PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
WORKDIR /srv/casey
# With what S3 needs, beside all that is in requirements.txt.
COPY requirements.txt requirements-s3.txt ./
RUN pip install --requirement requirements-s3.txt
# The commands `casey` and `caseyd`. They find the application where the next stage puts it, so that a change of the
# application leaves this layer as it is.
COPY pyproject.toml ./
RUN mkdir app && touch app/__init__.py && pip install --no-deps --editable .


FROM python:3.11.13-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CASEY_DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8025
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin casey \
    && install --directory --owner=casey --group=casey --mode=0700 /data
WORKDIR /srv/casey
COPY --from=build /opt/venv /opt/venv
COPY pyproject.toml worker.py wsgi.py ./
COPY migrations migrations
COPY app app
RUN python -m compileall -q app migrations worker.py wsgi.py

USER 10001:10001
VOLUME /data
EXPOSE 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready', timeout=4)"]
ENTRYPOINT ["caseyd"]
