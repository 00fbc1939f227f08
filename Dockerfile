# One image for web, workers and beat. No compiler, no shell tricks, not root; code is read-only.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/hamseda

COPY requirements-prod.txt ./
RUN pip install --require-hashes -r requirements-prod.txt

COPY manage.py LICENSE ./
COPY config ./config
COPY network ./network
COPY campaigns ./campaigns
COPY notifications ./notifications
COPY templates ./templates
COPY static ./static
COPY locale ./locale

# Words and static files are made once, with throw-away settings: nothing secret is in the image.
RUN SECRET_KEY=only-for-building-the-image-never-served SITE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid \
    VAR_DIR=/srv/hamseda/var sh -c "python manage.py catalogues --compile && python manage.py collectstatic --noinput -v 0" \
 && useradd --uid 10001 --no-create-home hamseda && mkdir /srv/ledger /srv/journal /srv/returned && chown 10001 /srv/ledger /srv/journal /srv/returned
USER 10001

EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "5", "config.wsgi:application"]
