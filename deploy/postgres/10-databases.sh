#!/usr/bin/env bash
# Runs once, when the database server starts on an empty volume: a role and a database for each
# service and for its key vault. Nobody can connect to a database that is not their own.
set -euo pipefail

# Usage: database NAME OWNER
database() {
    psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        --set name="$1" --set owner="$2" <<'SQL'
CREATE DATABASE :"name" OWNER :"owner" ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
}

# Usage: role NAME. Its password is the secret postgres-NAME.
role() {
    psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        --set name="$1" --set password="$(cat "/run/secrets/postgres-$1")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
SQL
}

for service in escalation municipality svb tax_office care_provider; do
    role "$service"
    database "$service" "$service"
done

# A key vault is a database of its own, so that a copy of what it seals holds no keys.
for vault in vault municipality_vault svb_vault tax_office_vault care_provider_vault; do
    role "$vault"
    database "$vault" "$vault"
done
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --command 'REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
