# shellcheck shell=bash
# The programs of the release before this one. Sourced by tests/run.

# Builds the escalation service of the newest tag before this commit, in a folder and a target of its
# own, and sets DOORBRAAK_PREVIOUS; says why not where there is none.
build_previous() {
    local tag folder="$SCRATCH/previous"
    if [[ -z ${DOORBRAAK_FULL-} ]]; then
        echo "   NOT RUN the release before this one beside it: only with --full"
        return 1
    fi
    tag="$(git describe --tags --abbrev=0 --match 'v*' HEAD^ 2>/dev/null || true)"
    if [[ -z $tag ]]; then
        echo "   NOT RUN the release before this one beside it: no tag v* before this commit"
        return 1
    fi
    mkdir -p "$folder"
    git archive "$tag" | tar -x -C "$folder"
    if ! (cd "$folder" && CARGO_TARGET_DIR="$TARGET/previous" \
        cargo build --locked -p escalation --quiet); then
        echo "   FAILED  $tag cannot be built"
        ring_failed=$((ring_failed + 1))
        return 1
    fi
    echo "   the release before this one: $tag"
    export DOORBRAAK_PREVIOUS="$TARGET/previous/debug"
}

# The story of an upgrade, with the programs of both releases.
run_beside() {
    local log="$SCRATCH/beside.log" code=0
    build_previous || return 0
    cargo nextest run --locked --all-targets --workspace --run-ignored all --no-fail-fast \
        -E 'binary_id(scenarios::scenarios) and test(/^beside::/)' 2>&1 | tee "$log" || code=$?
    count_nextest "$log"
    ((code == 0 || ring_failed > 0)) || ring_failed=1
}
