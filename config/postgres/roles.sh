#!/bin/sh
# Run once by the postgres image, on an empty volume: the role that web and workers sign in as. It owns nothing.
# What it may do is granted after each migration (config/keeping/roles.py).
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v password="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE hamseda_app LOGIN PASSWORD :'password';
GRANT CONNECT ON DATABASE hamseda TO hamseda_app;
SQL
