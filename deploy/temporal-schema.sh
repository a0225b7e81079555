#!/bin/sh
# Makes Temporal's databases and brings their schema up to date. Each step does nothing where it was done before, so the job may
# run at every start. The password comes as SQL_PASSWORD, which the tool reads itself.
set -eu

: "${POSTGRES_SEEDS:?}" "${POSTGRES_USER:?}" "${DBNAME:?}" "${VISIBILITY_DBNAME:?}"
: "${SQL_PASSWORD:?set it in deploy/secrets/temporal.env; node deploy/make-secrets.mjs does}"

schema_folder=${TEMPORAL_SCHEMA_FOLDER:-/etc/temporal/schema/postgresql/v12}

sql_tool() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --endpoint "$POSTGRES_SEEDS" --port "${DB_PORT:-5432}" \
    --user "$POSTGRES_USER" --database "$database" "$@"
}

# update <database> <its folder of versions>
update() {
  sql_tool "$1" create-database
  sql_tool "$1" setup-schema --version 0.0
  sql_tool "$1" update-schema --schema-dir "$schema_folder/$2/versioned"
}

update "$DBNAME" temporal
update "$VISIBILITY_DBNAME" visibility
echo "Temporal's schema is up to date."
