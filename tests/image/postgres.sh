#!/usr/bin/env bash
# What the entrypoint of the official image of PostgreSQL does with the settings of
# docker-compose.yml, for a container that has this machine's PostgreSQL in it.
set -euo pipefail

export PGDATA=/var/lib/postgresql/data POSTGRES_USER=postgres
if [[ ! -s $PGDATA/PG_VERSION ]]; then
    read -ra options <<<"$POSTGRES_INITDB_ARGS"
    initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" \
        --auth-local=trust "${options[@]}"
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    # For the first-time scripts: on its socket only.
    pg_ctl --pgdata "$PGDATA" --wait --options "-c listen_addresses=''" start
    for script in /docker-entrypoint-initdb.d/*.sh; do
        bash "$script"
    done
    pg_ctl --pgdata "$PGDATA" --wait stop
fi
exec "$@" -c listen_addresses='*'
