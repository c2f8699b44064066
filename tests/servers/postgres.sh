# shellcheck shell=bash
# A private PostgreSQL: own folder, own free port, loopback only. Sourced by tests/run.

POSTGRES_RUNS=

# The newest installed version's programs, or nothing.
postgres_programs() {
    local programs=(/usr/lib/postgresql/*/bin/initdb)
    [[ -x ${programs[0]} ]] || return 0
    dirname "$(printf '%s\n' "${programs[@]}" | sort -V | tail -n 1)"
}

install_postgres() {
    [[ -n $(postgres_programs) ]] || install_packages postgresql
    DOORBRAAK_TEST_PG_BIN="$(postgres_programs)"
    export DOORBRAAK_TEST_PG_BIN
}

# The server refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

start_postgres() {
    local folder="$SCRATCH/postgres" port
    mkdir "$folder"
    ((EUID != 0)) || chown postgres "$folder"
    as_postgres "$DOORBRAAK_TEST_PG_BIN/initdb" -D "$folder/data" -A trust -U postgres \
        --no-sync -E UTF8 --locale=C.UTF-8 >"$SCRATCH/initdb.log" || {
        cat "$SCRATCH/initdb.log" >&2
        exit 1
    }
    # Without fsync a power failure loses data, kill -9 does not; synchronous_commit stays on,
    # because without it kill -9 loses what was confirmed.
    for _ in {1..20}; do
        port=$((20000 + RANDOM % 12000))
        # Whoever answers there is somebody else.
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
        if as_postgres "$DOORBRAAK_TEST_PG_BIN/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
                -c fsync=off -c full_page_writes=off -c max_connections=300" \
            start >/dev/null 2>&1; then
            POSTGRES_RUNS="$folder/data"
            export DOORBRAAK_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
            echo "PostgreSQL listens on port $port"
            return
        fi
    done
    cat "$folder/log" >&2
    echo "PostgreSQL could not be started" >&2
    exit 1
}

# Stops the server whose process id stands in the folder that start_postgres made.
stop_postgres() {
    [[ -n $POSTGRES_RUNS ]] || return 0
    as_postgres "$DOORBRAAK_TEST_PG_BIN/pg_ctl" -D "$POSTGRES_RUNS" -s -m immediate stop || true
    POSTGRES_RUNS=
}
