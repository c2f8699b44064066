"""The containers of docker-compose.yml, on podman.

Everything that the file says of the five services holds here too: user, secrets as files, read-only
files, no capabilities, limits, networks, health checks, order. Database and broker have its settings
as well, but this machine's own programs in place of the official images.
"""

import json
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from compose import Compose

FIVE = ["escalation", "municipality", "svb", "tax-office", "care-provider"]
# This machine's programs and what they link to, and nothing that can be written.
HOST = [f"--volume={source}:{target}:ro" for source, target in
        [("/usr", "/usr"), ("/usr/bin", "/bin"), ("/usr/lib", "/lib"), ("/usr/lib64", "/lib64"),
         ("/etc/passwd", "/etc/passwd")]]
# The image with nothing in it (tests/image/ring.sh).
EMPTY = "localhost/doorbraak-empty"


def podman(*args, check=True):
    done = subprocess.run(["podman", *map(str, args)], capture_output=True, text=True)
    if check and done.returncode:
        raise SystemExit(f"podman {' '.join(map(str, args))}\n{done.stdout}{done.stderr}")
    return done


def until(what, condition, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.5)
    raise SystemExit(f"did not come about in {seconds} s: {what}")


class World:
    """The containers, under names that nobody else has."""

    def __init__(self, image, issuer, nats, postgres, scratch):
        """`image` of the five; the programs of issuer and NATS; PostgreSQL's folder of programs."""
        self.image, self.programs = image, {"issuer": issuer, "nats": nats, "postgres": postgres}
        self.deploy = Path(scratch) / "deploy"
        shutil.copytree("deploy", self.deploy, ignore=shutil.ignore_patterns("secrets", "nats.conf"))
        self.prefix = f"doorbraak-{os.getpid()}-"
        variables = {"ISSUER": "http://issuer:8090/dev", "JWKS_URL": "http://issuer:8090/dev/jwks.json"}
        self.compose = Compose("docker-compose.yml", self.deploy, variables, self.prefix)
        self.started = []

    def begin(self):
        subprocess.run([self.deploy / "generate-keys", "--folder", self.deploy], check=True, capture_output=True)
        secrets = self.deploy / "secrets"
        podman("run", "--rm", "--network=none", "--user=0:0", f"--volume={self.deploy}:/deploy", self.image,
               "/escalation", "nats-config", "--out", "/deploy/nats/nats.conf",
               "--parties", "/deploy/parties", "--party-keys", "/deploy/secrets/party-keys.toml",
               "--platform-nkey", (secrets / "platform-nkey").read_text().strip(),
               "--host", "0.0.0.0", "--port", "4222", "--store-dir", "/data",
               "--store-key", "../../run/secrets/nats-store-key",
               "--tls-cert", "/run/secrets/nats.crt", "--tls-key", "/run/secrets/nats.tls-key",
               "--tls-ca", "/run/secrets/nats-ca.crt")
        for name, about in self.compose.networks().items():
            podman("network", "create", *(["--internal"] if about.get("internal") else []), name)
        for name in self.compose.volumes():
            podman("volume", "create", name)

    def start(self, name, image, command, args):
        self.started.append(name)
        podman("run", "--detach", *args, image, *command)

    def postgres(self):
        user = pwd.getpwnam("postgres")
        volume = podman("volume", "inspect", self.prefix + "postgres", "--format", "{{.Mountpoint}}").stdout.strip()
        # The official image does this when the volume is new.
        os.chown(volume, user.pw_uid, user.pw_gid)
        here = Path(__file__).parent.resolve() / "postgres.sh"
        args = self.compose.arguments("postgres", user=f"{user.pw_uid}:{user.pw_gid}")
        args += [*HOST, f"--volume={here}:/postgres.sh:ro", f"--env=PATH={self.programs['postgres']}:/usr/bin:/bin"]
        self.start("postgres", EMPTY, ["/usr/bin/bash", "/postgres.sh", *self.compose.command("postgres")], args)

    def nats(self):
        podman("run", "--rm", *self.compose.arguments("nats-volume"), *HOST, EMPTY,
               *self.compose.command("nats-volume"))
        args = [*self.compose.arguments("nats"), *HOST, f"--volume={Path(self.programs['nats']).resolve()}:/nats-server:ro"]
        self.start("nats", EMPTY, ["/nats-server", *self.compose.command("nats")], args)

    def issuer(self):
        """Stands for the identity provider."""
        networks = ",".join(self.compose.networks())
        args = ["--name", self.prefix + "issuer", "--network", networks, "--network-alias=issuer", *HOST,
                f"--volume={Path(self.programs['issuer']).resolve()}:/demo:ro"]
        command = ["/demo", "issuer", "--listen", "0.0.0.0:8090", "--public-url", "http://issuer:8090"]
        self.start("issuer", EMPTY, command, args)
        self.keep_addresses()

    def keep_addresses(self):
        """A bridge takes the lowest hardware address of whoever is on it, so that it changes as containers
        come and go; those that knew the old one find neither name server nor way out for half a minute."""
        for name in self.compose.networks():
            bridge = podman("network", "inspect", name, "--format", "{{.NetworkInterface}}").stdout.strip()
            address = Path(f"/sys/class/net/{bridge}/address").read_text().strip()
            subprocess.run(["ip", "link", "set", "dev", bridge, "address", address], check=True)

    def run(self, name):
        for needed in self.compose.needs(name):
            self.healthy(needed)
        self.start(name, self.image, self.compose.command(name), self.compose.arguments(name))

    def healthy(self, name):
        command = self.compose.health(name)
        try:
            until(f"{name} is well", lambda: podman("exec", self.prefix + name, *command, check=False).returncode == 0)
        except SystemExit:
            print(podman("logs", "--tail", "40", self.prefix + name, check=False))
            raise

    def about(self, name):
        return json.loads(podman("inspect", self.prefix + name).stdout)[0]

    def address(self, name, port=8080):
        networks = self.about(name)["NetworkSettings"]["Networks"]
        return f"http://{networks[self.prefix + 'outside']['IPAddress']}:{port}"

    def end(self):
        for name in reversed(self.started):
            podman("rm", "--force", "--time", "5", self.prefix + name, check=False)
        for name in self.compose.volumes():
            podman("volume", "rm", "--force", name, check=False)
        for name in self.compose.networks():
            podman("network", "rm", "--force", name, check=False)
