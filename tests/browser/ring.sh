# shellcheck shell=bash
# The ring of the screens: a demo of its own on free ports, and a browser. Sourced by tests/run.

DEMO_PID=""

install_browser() {
    command -v chromium >/dev/null || install_packages chromium
    command -v npm >/dev/null || install_packages nodejs npm
    CHROMIUM="$(command -v chromium)"
    export CHROMIUM
    local lock=tests/browser/package-lock.json installed=tests/browser/node_modules/.installed
    if ! cmp -s "$lock" "$installed"; then
        npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent
        cp "$lock" "$installed"
    fi
}

# Usage: start_demo NAME ARGUMENT... Waits until it is ready; it was built before.
start_demo() {
    local name="$1" program="$TARGET/debug/demo" tries port
    shift
    # Five ports in a row are wanted; whoever was first gets them.
    for tries in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        "$program" demo --port "$port" --data "$SCRATCH/$name" "$@" >"$SCRATCH/$name.log" 2>&1 &
        DEMO_PID=$!
        while kill -0 "$DEMO_PID" 2>/dev/null; do
            if grep -q "Doorbraak runs" "$SCRATCH/$name.log"; then
                export DOORBRAAK_URL="http://127.0.0.1:$port"
                return 0
            fi
            sleep 0.5
        done
        echo "the demo did not start (try $tries)"
    done
    tail -n 20 "$SCRATCH/$name.log"
    return 1
}

stop_demo() {
    [[ -z $DEMO_PID ]] || kill "$DEMO_PID" 2>/dev/null || true
    [[ -z $DEMO_PID ]] || wait "$DEMO_PID" 2>/dev/null || true
    DEMO_PID=""
}

# Usage: browse PROGRAM ARGUMENT... Its last line says how many passed and failed.
browse() {
    local program="tests/browser/$1" log="$SCRATCH/browser.log"
    shift
    node "$program" "$@" | tee "$log" || true
    ring_passed=$((ring_passed + $(sum_of passed "$(tail -n 1 "$log")")))
    ring_failed=$((ring_failed + $(sum_of failed "$(tail -n 1 "$log")")))
    # No last line: the tests themselves stopped.
    grep -qE '^[0-9]+ passed' "$log" || ring_failed=$((ring_failed + 1))
}

ring_browser() {
    install_browser
    build_programs
    echo "   every sample page"
    "$TARGET/debug/examples/samples" "$SCRATCH/samples"
    browse samples.mjs "$SCRATCH/samples"
    # With the components of npm, and with our own stylesheet only: one program has both.
    local kind
    for kind in npm plain; do
        if [[ $kind == npm && ${SCREENS_PLAIN:-} == 1 ]]; then
            echo "skipped: the screens with npm, because SCREENS_PLAIN=1"
            continue
        fi
        echo "   the screens, $kind"
        # Enough cases for an analyst, and somebody who does not fetch what is told.
        local arguments=(--cases 40 --door de-friesland=feed)
        [[ $kind == npm ]] || arguments=(--plain)
        if start_demo "$kind" "${arguments[@]}"; then
            browse run.mjs "$kind"
        else
            ring_failed=$((ring_failed + 1))
        fi
        stop_demo
    done
}

# No ring of tests: makes the pictures of docs/screens anew.
ring_screens() {
    install_browser
    SCREENS_PLAIN=0 build_programs
    start_demo pictures --cases 40 || return 1
    node tests/browser/pictures.mjs docs/screens
    stop_demo
}
