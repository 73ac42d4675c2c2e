# The site in a container: `docker build -t yibao .`, or the whole of it with `docker compose up`.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements-scale.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-scale.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home --home-dir /data --uid 10001 yibao
COPY --from=packages /venv /venv
WORKDIR /site
COPY manage.py ./
COPY templates templates
COPY calculators calculators
COPY articles articles
COPY yibao_site yibao_site
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DATA_DIR=/data HOST=0.0.0.0 PORT=8000 LOG_JSON=on
RUN mkdir /data/media /data/backups && chown 10001 /data /data/media /data/backups
USER 10001
# The static files belong to the image, so every container serves the same names.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input --verbosity 0
VOLUME ["/data/media", "/data/backups"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["python", "manage.py", "quickstart", "--serve-only"]
