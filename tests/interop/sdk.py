"""The door over HTTP and the CloudEvents SDK for Python, in both directions and both modes.

Usage: sdk.py PLATFORM PORT-STRUCTURED PORT-BINARY
"""

import json
import sys
import threading
import time
import urllib.request
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cloudevents.core.bindings.http import (
    HTTPMessage,
    from_http_event,
    to_binary_event,
    to_structured_event,
)
from cloudevents.core.v1.event import CloudEvent

PLATFORM = sys.argv[1]
PORTS = [int(port) for port in sys.argv[2:4]]
EVENTS = f"{PLATFORM}/v1/exchange/events"
# Who they are, and by which door letters reach them: see ring_interop.
FEED = ("leeuwarden", "00000099000000011000")
STRUCTURED = ("woonstichting", "00000099000000013000")
BINARY = ("de-friesland", "00000099000000012000")
STORED = "nl.doorbraak.input.stored.v1"


def ask(method, url, headers, body=None):
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=40) as answer:
        return answer.status, dict(answer.headers), answer.read()


def token(system):
    body = json.dumps({"system": system}).encode()
    _, _, answer = ask("POST", f"{PLATFORM}/dev/token", {"Content-Type": "application/json"}, body)
    return {"Authorization": "Bearer " + json.loads(answer)["access_token"]}


def event(sender, identity, name="heartbeat.sent", data=None):
    attributes = {
        "id": identity,
        "source": f"urn:nld:oin:{sender[1]}:systeem:sdk",
        "type": f"nl.doorbraak.{name}.v1",
        "specversion": "1.0",
        "time": datetime.now(timezone.utc),
        "datacontenttype": "application/json",
    }
    return CloudEvent(attributes=attributes, data=data or {})


def send(sender, message):
    status, _, body = ask("POST", EVENTS, {**message.headers, **token(sender[0])}, message.body)
    assert (status, body) == (202, b""), (status, body)


def address(port, kind):
    """What an address took, as the SDK reads it."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self):
            self.send_response(200)
            self.send_header("WebHook-Allowed-Origin", self.headers["WebHook-Request-Origin"])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            assert headers["content-type"].startswith(kind), headers
            taken.append(from_http_event(HTTPMessage(headers=headers, body=body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return taken


def until(what, look):
    for _ in range(600):
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"it never came to this: {what}")


def answers_to(letters, identity):
    is_it = lambda it: it.get_type() == STORED and it.get_data()["input"] == identity
    return [letter for letter in letters if is_it(letter)]


def fetched():
    status, headers, body = ask("GET", f"{EVENTS}?wait=1", token(FEED[0]))
    assert status == 200 and headers["content-type"] == "application/cloudevents-batch+json"
    one = {"content-type": "application/cloudevents+json"}
    parts = [json.dumps(part).encode() for part in json.loads(body)]
    letters = [from_http_event(HTTPMessage(headers=one, body=part)) for part in parts]
    return letters, headers["next-cursor"]


def main():
    structured = address(PORTS[0], "application/cloudevents+json")
    binary = address(PORTS[1], "application/json")
    for mode, write in (("structured", to_structured_event), ("binary", to_binary_event)):
        report = {
            "actedBy": {"role": "raiser", "personRef": "sietske"},
            "ownReference": f"py-{mode}",
            "story": "Een één-op-één verhaal.",
            "desiredOutcome": "Rust.",
            "theme": "care",
            "region": "friesland",
        }
        reported = write(event(FEED, f"py-report-{mode}", "case.reported", report))
        send(FEED, reported)
        send(FEED, reported)
        print(f"ok the SDK for Python sends, {mode}")
        for sender in (STRUCTURED, BINARY):
            send(sender, write(event(sender, f"py-beat-{mode}")))
    for mode in ("structured", "binary"):
        has_it = lambda found: found if answers_to(found[0], f"py-report-{mode}") else None
        letters, following = until("the feed answers", lambda: has_it(fetched()))
        assert len(answers_to(letters, f"py-report-{mode}")) == 1, "it counts once"
        mine = [it for it in letters if it.get_data().get("ownReference") == f"py-{mode}"]
        assert [it.get_type() for it in mine] == ["nl.doorbraak.case.registered.v1"]
        assert mine[0].get_data()["pseudonym"].startswith("ps_")
    status, _, _ = ask("DELETE", f"{EVENTS}?until={following}", token(FEED[0]))
    assert status == 204
    letters, _ = fetched()
    assert not answers_to(letters, "py-report-binary"), "what is confirmed waits no longer"
    print("ok the SDK for Python reads the feed")
    for name, taken in (("structured", structured), ("binary", binary)):
        for mode in ("structured", "binary"):
            until(f"{name} letters are posted", lambda: answers_to(taken, f"py-beat-{mode}"))
        letter = answers_to(taken, "py-beat-binary")[0]
        assert letter.get_source() == "urn:nld:oin:00000099000000009000:systeem:escalation"
        assert letter.get_specversion() == "1.0"
        print(f"ok the SDK for Python takes what is posted, {name}")


main()
