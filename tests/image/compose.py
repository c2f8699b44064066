"""docker-compose.yml as arguments of podman: so that what is tried is what the file says."""

import re
from pathlib import Path

from ruamel.yaml import YAML


class Compose:
    """The services of a compose file; the secrets and files of `deploy` come from another folder."""

    def __init__(self, path, deploy, variables, prefix):
        raw = Path(path).read_text()
        text = re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", lambda found: self._value(found, variables), raw)
        self.file = YAML(typ="safe").load(text)
        self.deploy = Path(deploy)
        self.variables = variables
        self.prefix = prefix

    @staticmethod
    def _value(found, variables):
        name, kind, rest = found.groups()
        if name in variables:
            return variables[name]
        if kind == "-":
            return rest
        raise SystemExit(f"docker-compose.yml wants {name}: {rest}")

    def service(self, name):
        return self.file["services"][name]

    def networks(self):
        return {self.prefix + name: (about or {}) for name, about in self.file["networks"].items()}

    def volumes(self):
        return [self.prefix + name for name in self.file["volumes"]]

    def _place(self, path):
        """Where a file of the repository's `deploy` lies here."""
        return str(self.deploy / Path(path).relative_to("deploy"))

    def health(self, name):
        """The command that says whether the service is well."""
        kind, *command = self.service(name)["healthcheck"]["test"]
        assert kind == "CMD", kind
        return command

    def needs(self, name):
        return list(self.service(name).get("depends_on", {}))

    def arguments(self, name, user=None):
        """What `podman run` gets before the image: everything that the file says of the service.
        `user` is for an image that has another one under this name."""
        service = self.service(name)
        args = ["--name", self.prefix + name, "--hostname", name]
        if service.get("network_mode") == "none":
            args += ["--network", "none"]
        else:
            args += ["--network", ",".join(self.prefix + net for net in service["networks"])]
            args += ["--network-alias", name]
        args += ["--user", user or str(service["user"]), "--pids-limit", str(service["pids_limit"])]
        args += ["--memory", service["mem_limit"], "--cpus", str(service["cpus"])]
        args += ["--read-only"] if service.get("read_only") else []
        # podman would mount these by itself; the file says which there are.
        args += ["--read-only-tmpfs=false"] if service.get("read_only") else []
        for option, key in [("--cap-drop", "cap_drop"), ("--cap-add", "cap_add"), ("--tmpfs", "tmpfs")]:
            for value in service.get(key, []):
                args += [option, value]
        for value in service.get("security_opt", []):
            args += ["--security-opt", value.removesuffix(":true")]
        for key, value in (service.get("environment") or {}).items():
            value = self.variables.get(key) if value is None else value
            if value is not None:
                args += ["--env", f"{key}={value}"]
        for volume in service.get("volumes", []):
            source, rest = volume.split(":", 1)
            args += ["--volume", f"{self._place(source) if source.startswith('.') else self.prefix + source}:{rest}"]
        for kind, folder in [("configs", "/"), ("secrets", "/run/secrets/")]:
            for used in service.get(kind, []):
                source, target = (used, used) if isinstance(used, str) else (used["source"], used["target"])
                file = self._place(self.file[kind][source]["file"])
                args += ["--volume", f"{file}:{target if target.startswith('/') else folder + target}:ro"]
        return args

    def command(self, name):
        service = self.service(name)
        return [*service.get("entrypoint", []), *service.get("command", [])]

    def patience(self, name):
        """Seconds in which it must have ended when it is told to."""
        return int(self.service(name)["stop_grace_period"].removesuffix("s"))
