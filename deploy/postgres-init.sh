#!/bin/sh
# Run once by the postgres image when its data folder is new: makes the role that Temporal uses, which makes its own databases.
set -eu

: "${POSTGRES_USER:?}" "${POSTGRES_DB:?}"
: "${TEMPORAL_DATABASE_PASSWORD:?set it in deploy/secrets/postgres.env; node deploy/make-secrets.mjs does}"

psql --set ON_ERROR_STOP=1 --set password="$TEMPORAL_DATABASE_PASSWORD" \
  --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role temporal login createdb password :'password';
SQL
