#!/bin/sh
# Runs once, on an empty data folder: a database for each service, owned by a role of its own that can reach no other.
set -eu
database() {
  psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v name="$1" -v password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}
database scheduling "$SCHEDULING_DATABASE_PASSWORD"
database calendar_sync "$CALENDAR_SYNC_DATABASE_PASSWORD"
database gateway "$GATEWAY_DATABASE_PASSWORD"
