"""A report fit for a public ticket: hosts, users and repositories under made-up names."""

from __future__ import annotations

import re

from regdoctor.address import is_ip_address, read_address
from regdoctor.model import (
    Call,
    CheckResult,
    Credential,
    Docker,
    Finding,
    Fix,
    Image,
    ImageResult,
    Report,
    SetResult,
    Step,
)
from regdoctor.record import Record
from regdoctor.reference import read_reference
from regdoctor.regex import regex
from regdoctor.registries import registries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Value = TypeVar("Value")

_NAME = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.[A-Za-z]{2,}(?![A-Za-z0-9_-])")
_USUAL_FILES = {
    *("", "--image", ".devcontainer", ".devcontainer.json", "devcontainer.json"),
    *("Dockerfile", "docker-compose.yml", "compose.yaml"),
}
"""What files and folders are called everywhere."""
_ADDRESS = regex(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",
    re.IGNORECASE,
)


def anonymized(report: Report) -> Report:
    """The same report without the names that tell whose it is. Set identifiers and causes stay."""
    names = _Names()
    repository = report.environment.repository
    if repository:
        names.replace(repository, "owner/repository")
        owner, _, name = repository.partition("/")
        names.replace(name, "repository")
        names.replace(owner, "owner")
        for text in _texts(report):
            names.add_repositories_in(text, owner)
    for result in report.sets:
        names.add_set(result)
    for image in report.images:
        names.add_image(image.image)
    for call in report.calls:
        names.add_host(call.host.rpartition(":")[0] or call.host)
    for text in _texts(report):
        names.add_hosts_in(text)
    return names.apply(report)


def _texts(report: Report) -> tuple[str, ...]:
    """What the outside said, where hosts may stand that no set names."""
    found = [finding for result in report.results for finding in result.findings]
    found += report.findings
    said = [text for finding in found for text in finding.evidence]
    said += [check.detail for result in report.results for check in result.checks if check.detail]
    return tuple(said)


def _is_everybodys(host: str) -> bool:
    """Whether a host is a vendor's, the same for all of its customers."""
    return any(
        host in (registry.login_host, registry.right_server) or registry.may_ask_for_token(host)
        for registry in registries()
    )


def _is_of_an_owner(url: str) -> bool:
    """Whether a page is one of some account's or organisation's: such an address is left out."""
    return re.match(r"https://github\.com/(organizations|orgs|users)/", url) is not None


class _Names:
    """Names, and what stands for them."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def replace(self, name: str, by: str) -> None:
        """Let one name stand for another from now on."""
        if name:
            self._given.setdefault(name.lower(), by)

    def add_set(self, result: SetResult) -> None:
        """Take the names of a set."""
        found = result.secret_set
        address = read_address((found.shown_server or "").strip())
        if address is not None:
            self.add_host(address.host.strip("[]"))
            for word in address.path.strip("/").split("/"):
                if len(word) > 2 and word not in ("v1", "v2"):
                    self._number(word, "path-{}")
        user = (found.shown_user or "").strip()
        if len(user) > 1 and user not in ("AWS", "***", "_json_key", "_json_key_base64", "oauth2accesstoken"):
            self._number(user, "user-{}")

    def add_image(self, image: Image) -> None:
        """Take the names of an image and of the file that asks for it."""
        reference = read_reference(image.reference)
        if reference is None:
            self._number(image.reference, "image-{}")
        elif not reference.name.startswith("docker.io/library/"):
            address = read_address(reference.domain)
            self.add_host(address.host if address else "")
            owner, slash, _ = reference.repository.partition("/")
            self._number(reference.repository, "repository-{}")
            if slash and len(owner) > 2:
                self._number(owner, "owner-{}")
        for file in {image.source, image.location.file if image.location else ""}:
            if not set(file.split("/")) <= _USUAL_FILES:
                self._number(file, "file-{}")

    def add_host(self, host: str) -> None:
        """Take a host's name."""
        if _is_everybodys(host) or not host:
            return
        self._number(host, "203.0.113.{}" if is_ip_address(host) else "registry-{}.example")

    def add_hosts_in(self, text: str) -> None:
        """Take the hosts and addresses of a text."""
        for match in (*_NAME.finditer(text), *_ADDRESS.finditer(text)):
            # No host ends so; docker's own file does.
            if not match[0].endswith((".json", ".yml", ".yaml")):
                self.add_host(match[0])

    def add_repositories_in(self, text: str, owner: str) -> None:
        """Take the other repositories of an owner that a text names."""
        for match in re.finditer(rf"(?<![\w.-]){re.escape(owner)}/([\w.-]*\w)", text, re.IGNORECASE):
            self._number(match[1], "repository-{}")

    def _number(self, name: str, form: str) -> None:
        if name.lower() not in self._given:
            self._counts[form] = self._counts.get(form, 0) + 1
            self._given[name.lower()] = form.format(self._counts[form])

    def apply(self, value: Value) -> Value:
        """A value of the model with every name in it replaced."""
        if isinstance(value, str):
            return self._text(value)  # type: ignore[return-value]
        if isinstance(value, tuple):
            return tuple(map(self.apply, value))  # type: ignore[return-value]
        if isinstance(value, SetResult):
            found = value.secret_set
            shown = found.but(
                shown_server=self.apply(found.shown_server), shown_user=self.apply(found.shown_user)
            )
            return value.but(
                secret_set=shown, checks=self.apply(value.checks), findings=self.apply(value.findings)
            )
        if isinstance(value, Step) and value.url is not None and _is_of_an_owner(value.url):
            return self.apply(value.but(url=None))
        if isinstance(value, Record):
            kept = _KEPT.get(type(value), ())
            fields = {name: self.apply(field) for name, field in vars(value).items() if name not in kept}
            return value.but(**fields)
        return value

    def _text(self, text: str) -> str:
        if not self._given:
            return text
        longest_first = sorted(self._given, key=len, reverse=True)
        pattern = "|".join(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" for name in longest_first)
        return re.sub(pattern, lambda match: self._given[match[0].lower()], text, flags=re.IGNORECASE)


_KEPT: dict[type, tuple[str, ...]] = {
    Call: ("method", "status"),
    CheckResult: ("name", "status", "reason"),
    Credential: ("kind",),
    Docker: ("status", "version"),
    Finding: ("cause", "severity", "also_possible"),
    Image: ("platform",),
    ImageResult: ("set_id",),
    Fix: ("action", "how", "variable", "to", "other"),
    Step: ("url",),
}
"""Fields that hold words of ours."""
