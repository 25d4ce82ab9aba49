#!/bin/sh
# Makes the role of the workers when the database is made. What it may do, the migration says.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$WORKER_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role aps_fleet login password :'password';
SQL
