# shellcheck shell=bash
# The rings of tests. Each adds to ring_passed and ring_failed. Sourced by tests/run.

# Which ring a test belongs to follows from its binary: these have a ring of their own, all others
# are unit tests.
OWN_RING=(ladder::model proofs::proofs fuzz::fuzz conformance scenarios::scenarios scenarios::faults scenarios::leak)

ring_unit() {
    run_tests unit
    run_doc_tests
}

# Says of every walk how many states it saw, so that a walk that sees nothing is noticed.
ring_model() {
    run_tests ladder::model --success-output immediate
}

# Says of every proof how many questions the solver answered and how long it took.
ring_proofs() {
    install_cvc5
    run_tests proofs::proofs --success-output immediate
    echo "   $(grep -cE '^ *proof ' "$SCRATCH/tests.log" || true) proofs," \
        "$(sum_of questions "$(grep -E '^ *proof ' "$SCRATCH/tests.log" || true)") questions to the solver"
}

# Says of every reader what came of how many inputs, so that a run that tries nothing is noticed.
ring_fuzz() {
    run_tests fuzz::fuzz --success-output immediate
}

ring_conformance() {
    install_openssl
    run_tests conformance
}

ring_scenarios() {
    install_openssl
    build_programs
    run_tests scenarios::scenarios
    [[ -n ${EXTRA[*]-} ]] || run_beside
}

# One at a time, so that a busy machine does not look like a dead server. Each world says what
# happened to it, and then all of them together. What is mounted and started lies under SCRATCH,
# where `finish` looks.
ring_faults() {
    build_programs
    export DOORBRAAK_SEED="${DOORBRAAK_SEED:-$((RANDOM * 32768 + RANDOM))}"
    echo "   DOORBRAAK_SEED=$DOORBRAAK_SEED does the same again"
    TMPDIR="$SCRATCH" run_tests scenarios::faults --test-threads 1 --success-output immediate
    grep -E '^ *NOT RUN ' "$SCRATCH/tests.log" | sort -u || true
    sed -nE 's/^ *fault +([0-9]+)  ([^,]+), recovered in ([0-9.]+) s .*/\1|\2|\3/p' \
        "$SCRATCH/tests.log" | awk -F'|' '
        {ran[$2] += $1; all += $1; if ($3 > most[$2]) most[$2] = $3; if ($3 > worst) worst = $3}
        END {
            for (kind in ran) printf "   %3d x %s, recovered in %.1f s at most\n", ran[kind], kind, most[kind]
            printf "   %d faults, longest recovery %.1f s\n", all, worst
        }' | sort -k 2,2r -k 1,1rn
}

# What a test that was broken off left there: servers under SCRATCH, and what is mounted in it.
clear_faults() {
    local file place
    while read -r file; do
        kill -QUIT "$(head -n 1 "$file")" 2>/dev/null || true
    done < <(find "$SCRATCH" -name postmaster.pid 2>/dev/null)
    while read -r _ place _; do
        [[ $place != "$SCRATCH"/* ]] || umount -l "$place" || true
    done </proc/mounts
}

# Says how much was searched for how many values, pages and traces among it, so that a search of
# nothing is noticed.
ring_leak() {
    build_programs
    run_tests scenarios::leak --test-threads 2 --success-output immediate
}

# The examples in the documentation, among them those that must not compile: nextest leaves them
# out.
run_doc_tests() {
    [[ -z ${EXTRA[*]-} ]] || return 0
    local log="$SCRATCH/doc-tests.log" code=0 lines
    cargo test --locked --doc --workspace >"$log" 2>&1 || code=$?
    lines="$(grep -E '^test result:' "$log" || true)"
    ring_passed=$((ring_passed + $(sum_of 'passed' "$lines")))
    ring_failed=$((ring_failed + $(sum_of 'failed' "$lines")))
    if ((code != 0)); then
        tail -n 50 "$log"
        ((ring_failed > 0)) || ring_failed=1
    fi
}

# The services, the demo and the examples as programs of their own: the runner builds only what tests
# of the same crate start. For the whole workspace, as everywhere: a package alone has other features,
# and all that it stands on would be compiled again.
build_programs() {
    cargo build --locked --workspace --bins --examples --quiet || ring_failed=$((ring_failed + 1))
}

# Usage: run_tests BINARIES NEXTEST-FLAGS...
run_tests() {
    local binaries="$1" log="$SCRATCH/tests.log" code=0 filter
    shift
    # One set of flags everywhere: another would compile the dependencies again. A package that
    # was asked for by name replaces the whole workspace.
    local flags=(--locked --all-targets)
    [[ " ${EXTRA[*]-} " =~ \ (-p|--package)[\ =] ]] || flags+=(--workspace)
    filter="$(filter_for "$binaries" "${flags[@]}" "${EXTRA[@]}")"
    cargo nextest run "${flags[@]}" "$@" --no-fail-fast -E "$filter" "${EXTRA[@]}" 2>&1 |
        tee "$log" || code=$?
    count_nextest "$log"
    look_for_ignored "$filter" "${flags[@]}" "${EXTRA[@]}"
    # What fails without a failed test (it does not compile, there is no test) is a failure.
    if ((code != 0 && ring_failed == 0)); then
        ring_failed=1
    fi
}

# Usage: filter_for BINARIES CARGO-FLAGS... Writes nextest's filter for a ring. nextest refuses a
# filter that names a binary which is not there, so only those that were built are named.
filter_for() {
    local binaries="$1" built name filter="all()"
    shift
    built="$(cargo nextest list "$@" --list-type binaries-only 2>"$SCRATCH/build.log" || true)"
    if [[ $binaries != unit ]]; then
        grep -qE "(^|::)$binaries\$" <<<"$built" && echo "binary_id(/(^|::)$binaries\$/)" || echo "none()"
        return
    fi
    for name in "${OWN_RING[@]}"; do
        grep -qE "(^|::)$name\$" <<<"$built" && filter+=" and not binary_id(/(^|::)$name\$/)"
    done
    echo "$filter"
}

# Reads "Summary [ 1.2s] 46 tests run: 43 passed (1 slow), 2 failed, 1 timed out, 0 skipped".
count_nextest() {
    local line
    line="$(grep -E '^ *Summary \[' "$1" | tail -n 1 || true)"
    ring_passed=$((ring_passed + $(sum_of 'passed' "$line")))
    ring_failed=$((ring_failed + $(sum_of 'failed|timed out|exec failed' "$line")))
}

# Usage: sum_of WORDS TEXT. Adds up the numbers that stand before these words.
sum_of() {
    { grep -oE "[0-9]+ ($1)" <<<"$2" || true; } | awk '{sum += $1} END {print sum + 0}'
}

# A test that is switched off is a failure, unless tests/skips.txt names it and says why.
# Usage: look_for_ignored FILTER CARGO-FLAGS...
look_for_ignored() {
    local filter="$1" listed
    shift
    listed="$(cargo nextest list "$@" --run-ignored only --message-format oneline -E "$filter" \
        2>/dev/null | awk '{print $NF}' || true)"
    fail_ignored "$listed"
}

# Usage: fail_ignored NAMES, one a line.
fail_ignored() {
    local name
    while read -r name; do
        [[ -n $name ]] || continue
        if grep -qE "^$name( |$)" tests/skips.txt; then
            echo "switched off, as tests/skips.txt says: $name"
        else
            echo "FAILED: $name is switched off (#[ignore]) and does not stand in tests/skips.txt"
            ring_failed=$((ring_failed + 1))
        fi
    done <<<"$1"
}

# Usage: check NAME COMMAND... One check, its output shown when it fails.
check() {
    local name="$1"
    shift
    if "$@" >"$SCRATCH/check.log" 2>&1; then
        echo "   ok      $name"
        ring_passed=$((ring_passed + 1))
    else
        tail -n 200 "$SCRATCH/check.log"
        echo "   FAILED  $name"
        ring_failed=$((ring_failed + 1))
    fi
}

ring_check() {
    check "format" cargo fmt --all --check
    check "lints" cargo clippy --locked --workspace --all-targets -- -D warnings
    check "documentation" env RUSTDOCFLAGS=-Dwarnings \
        cargo doc --locked --workspace --no-deps --quiet
    # Also what other platforms would use: the offline check looks at the whole lock file.
    cargo fetch --locked --quiet || true
    check "licences, bans and sources" \
        cargo deny --offline --locked check licenses bans sources
    if [[ -f docker-compose.yml ]]; then
        check "docker-compose.yml" \
            "$TOOLS/check-jsonschema" --builtin-schema vendor.compose-spec docker-compose.yml
    fi
    if [[ -f deploy/Dockerfile ]]; then
        check "deploy/Dockerfile" "$TOOLS/hadolint" deploy/Dockerfile
    fi
    install_promtool
    check "alert rules" "$PROMTOOL" check rules deploy/monitoring/alerts.yml
}

# The public CloudEvents SDKs against a running demo, and the AsyncAPI document against the public
# parser. Each program prints "ok …" for each thing that it saw.
ring_interop() {
    install_interop
    build_programs
    seen "AsyncAPI" node "$INTEROP/asyncapi.mjs" proto/asyncapi.yaml
    # Ports from a range of ten: the platform with its four parties, and two addresses.
    local first=$((20000 + RANDOM % 9000 / 10 * 10)) log="$SCRATCH/demo.log" demo
    local structured=$((first + 7)) binary=$((first + 8))
    "$TARGET/debug/demo" demo --port "$first" --data "$SCRATCH/demo" --door leeuwarden=feed \
        --door "woonstichting=http://127.0.0.1:$structured/" \
        --door "de-friesland=binary:http://127.0.0.1:$binary/" >"$log" 2>&1 &
    demo=$!
    local tries=0
    until grep -q "Doorbraak runs" "$log" || ! kill -0 "$demo" 2>/dev/null || ((tries++ > 600)); do
        sleep 0.2
    done
    local platform="http://127.0.0.1:$first"
    seen "JavaScript" node "$INTEROP/sdk.mjs" "$platform" "$structured" "$binary"
    seen "Python" "$TOOLS/python" tests/interop/sdk.py "$platform" "$structured" "$binary"
    kill "$demo" 2>/dev/null || true
    wait "$demo" 2>/dev/null || true
}

# Usage: seen NAME COMMAND... Counts what a program saw; its output is shown.
seen() {
    local name="$1" log="$SCRATCH/seen.log" code=0
    shift
    "$@" >"$log" 2>&1 || code=$?
    sed 's/^/   /' "$log"
    ring_passed=$((ring_passed + $(grep -c '^ok ' "$log" || true)))
    if ((code != 0)); then
        echo "   FAILED  $name"
        ring_failed=$((ring_failed + 1))
    fi
}
