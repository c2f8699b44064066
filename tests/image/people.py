"""Requests to the services in their containers, as somebody."""

import json
import urllib.error
import urllib.request


class People:
    """Requests as somebody."""

    def __init__(self, world):
        self.world = world

    def token(self, who):
        return self.ask("issuer", "POST", "/dev/token", who, port=8090)["access_token"]

    def ask(self, service, method, path, body=None, who=None, port=8080):
        headers = {"Content-Type": "application/json"}
        if who:
            headers["Authorization"] = "Bearer " + self.token(who)
        request = urllib.request.Request(
            self.world.address(service, port) + path, method=method, headers=headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"{method} {service}{path}: {refused.code} {refused.read().decode()}") from refused
        return json.loads(text) if text.startswith((b"{", b"[")) else text.decode()
