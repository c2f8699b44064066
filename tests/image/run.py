"""The image, and the five services of docker-compose.yml as containers of podman.

Usage: run.py IMAGE ISSUER-PROGRAM NATS-PROGRAM POSTGRES-PROGRAMS SCRATCH

Prints "ok …" for each thing that it saw; whatever is wrong ends it.
"""

import json
import subprocess
import sys
from pathlib import Path

from people import People
from world import FIVE, World, podman, until

IMAGE, ISSUER, NATS, POSTGRES, SCRATCH = sys.argv[1:6]
SVB = "00000099000000002000"


def ok(what):
    print(f"ok {what}", flush=True)


def what_is_in_the_image():
    about = json.loads(podman("image", "inspect", IMAGE).stdout)[0]
    assert about["Config"]["User"] == "10001:10001", about["Config"]["User"]
    holder = podman("create", IMAGE).stdout.strip()
    archive = Path(SCRATCH) / "image.tar"
    podman("export", "--output", archive, holder)
    podman("rm", holder)
    listed = subprocess.run(["tar", "-tf", archive], capture_output=True, text=True, check=True).stdout.split()
    files = sorted(name for name in listed if not name.endswith("/"))
    archive.unlink()
    # The engine adds its own mount points (dev, proc, etc/hosts and the like) to every container.
    ours = [name for name in files if name in FIVE or "ssl" in name]
    assert ours == sorted([*FIVE, "etc/ssl/certs/ca-certificates.crt"]), files
    assert not [name for name in files if name.split("/")[0] in ("bin", "usr", "lib", "lib64")], files
    ok(f"the image is {about['Size'] / 1e6:.0f} MB: five programs and the certificates, no shell, user 10001")


def what_a_service_may_not(world):
    for name in FIVE:
        about = world.about(name)
        host = about["HostConfig"]
        assert host["ReadonlyRootfs"] and not about["EffectiveCaps"] and not about["BoundingCaps"], name
        assert about["Config"]["User"] == "10001:10001", name
        assert host["Memory"] == 512 * 1024 * 1024 and host["PidsLimit"] == 256, name
        secret = [text for text in about["Config"]["Env"] if "PASSWORD" in text or "SEED=" in text]
        assert not secret, name
    ok("none of them is root, writes its files, has a capability, or holds a secret in a variable; limits hold")


def a_case_between_containers(people):
    own = "ZAAK-2026-0004711"
    person = {"personKey": "bella", "role": "data_subject", "ageBand": "21-26", "name": "Bella Voorbeeld",
              "birthDate": "2003-10-21", "address": "Voorbeeldstraat 12, Utrecht"}
    acted = {"role": "raiser", "personRef": "noor"}
    case = {"actedBy": acted, "ownReference": own, "story": "Bella zorgt voor haar halfbroer.", "desiredOutcome": "Zij redden het.",
            "lifeDomains": ["income"], "persons": [person], "citizensWords": "Ik wil voor hem zorgen.",
            "partiesInvolved": [SVB], "triedProvisions": ["Bijzondere bijstand"], "theme": "family_income",
            "region": "midden-nederland"}
    noor = {"persona": "noor"}
    people.ask("municipality", "POST", "/v1/events", {"type": "case.reported", "data": case}, noor)
    seen = until("the case is at the platform", lambda: people.ask("escalation", "GET", "/v1/cases", None, noor)["items"])
    read = people.ask("escalation", "GET", f"/v1/cases/{seen[0]['id']}", None, noor)
    assert case["story"] in json.dumps(read, ensure_ascii=False), read
    ok("a case that the municipality hands in is read at the platform")
    offer = {"actedBy": acted | {"role": "case_director"}, "ownReference": own, "handoff": "019cadfd-8900-7000-8000-000000000001", "to": SVB, "kind": "advice",
             "requestedOutcome": "confirm_facts", "rules": ["child_benefit_requires_parent_or_guardian"],
             "urgent": False, "summary": "Waarom is de kinderbijslag gestopt?", "legalBasis": "municipality_own_task"}
    people.ask("municipality", "POST", "/v1/events", {"type": "handoff.offered", "data": offer}, noor)
    sem = {"persona": "sem"}
    asked = until("the SVB has the question", lambda: people.ask("svb", "GET", "/v1/inbox", None, sem)["handoffs"])
    # A card, and no text yet.
    assert asked[0]["handoff"] == offer["handoff"] and "summary" not in asked[0], asked
    ok("a question from the municipality arrives at the SVB as a card")
    return seen[0]["id"], noor


def main():
    what_is_in_the_image()
    world = World(IMAGE, ISSUER, NATS, POSTGRES, SCRATCH)
    try:
        world.begin()
        world.issuer()
        world.postgres()
        world.nats()
        for name in FIVE:
            world.run(name)
        for name in FIVE:
            world.healthy(name)
        ok("five services of one image are well, and so are database and broker")
        what_a_service_may_not(world)
        people = People(world)
        page = people.ask("escalation", "GET", "/")
        assert "/assets/doorbraak-" in page and "/assets/htmx-" in page, page[:2000]
        ok("the pages come with style, font and script")
        case, noor = a_case_between_containers(people)
        for name in FIVE:
            podman("stop", "--time", world.compose.patience(name), world.prefix + name)
            code = world.about(name)["State"]["ExitCode"]
            assert code == 0, f"{name} ended with {code}"
        ok("told to stop, each ends by itself, in time and with 0")
        for name in FIVE:
            podman("start", world.prefix + name)
            world.healthy(name)
        assert people.ask("escalation", "GET", f"/v1/cases/{case}", None, noor)["id"] == case
        ok("started again, they have what they had")
    finally:
        world.end()


if __name__ == "__main__":
    main()
