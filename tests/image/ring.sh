# shellcheck shell=bash
# The ring of the image: built FROM scratch, and the services of docker-compose.yml as containers.
# Sourced by tests/run.

IMAGE=localhost/doorbraak-tested

install_podman() {
    local wanted=(podman runc netavark aardvark-dns iptables iproute2 wget openssl) missing=()
    local name
    for name in "${wanted[@]}"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q "ok installed" || missing+=("$name")
    done
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
    # Limits that a machine without the right to raise them can keep too.
    cat >"$SCRATCH/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "$(command -v runc || echo /usr/sbin/runc)"
CONF
    export CONTAINERS_CONF="$SCRATCH/containers.conf"
}

# Usage: image_of FILE TAG CONTEXT FLAG...
image_of() {
    local file="$1" tag="$2" context="$3"
    shift 3
    podman build --quiet --file "$file" --tag "$tag" "$@" "$context"
}

ring_image() {
    install_podman
    mkdir "$SCRATCH/empty"
    printf 'FROM scratch\nCMD ["/usr/bin/true"]\n' >"$SCRATCH/empty/Dockerfile"
    if ! { image_of "$SCRATCH/empty/Dockerfile" localhost/doorbraak-empty "$SCRATCH/empty" &&
        podman run --rm --network none --volume /usr:/usr:ro --volume /usr/lib:/lib:ro \
            --volume /usr/lib64:/lib64:ro localhost/doorbraak-empty; } >"$SCRATCH/podman.log" 2>&1; then
        echo "   NOT RUN the image in containers: podman starts none here: $(tail -n 1 "$SCRATCH/podman.log")"
        return
    fi
    # The last stage of deploy/Dockerfile as it stands. What its build stage would make is made here,
    # by the same script: its base images are not to be had everywhere.
    echo "   NOT RUN the base images of deploy/Dockerfile: deploy/build-programs runs here instead"
    deploy/build-programs "$SCRATCH/image/image/programs"
    cp /etc/ssl/certs/ca-certificates.crt "$SCRATCH/image/image/"
    check "image from scratch" image_of deploy/Dockerfile "$IMAGE" . \
        --build-context "build=$SCRATCH/image"
    build_programs
    seen "containers" env PYTHONDONTWRITEBYTECODE=1 "$TOOLS/python" tests/image/run.py "$IMAGE" \
        "$TARGET/debug/demo" "$DOORBRAAK_TEST_NATS_SERVER" "$DOORBRAAK_TEST_PG_BIN" "$SCRATCH"
    podman image rm --force "$IMAGE" localhost/doorbraak-empty >/dev/null 2>&1 || true
}
