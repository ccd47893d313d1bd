"""The JSON report as it is promised to others, written down by hand: nothing here is read from regdoctor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any, str], None]

REGISTRIES = (
    "dockerhub ghcr github-packages acr ecr ecr-public gcr gar quay gitlab artifactory harbor nexus redhat "
    "digitalocean ocir icr alibaba scaleway other"
)
CHECKS = ("name", "value", "dns", "tcp", "tls", "registry", "exchange", "login", "engine", "pull")
SEVERITIES = ("info", "warning", "error")


class Broken(AssertionError):
    """The report is not what was promised."""


def require(condition: bool, where: str, what: object) -> None:
    """Fail, and say where."""
    if not condition:
        raise Broken(f"{where}: {what!r}")


def text(value: Any, where: str) -> None:
    """A text that says something."""
    require(isinstance(value, str) and value != "", where, value)


def any_text(value: Any, where: str) -> None:
    """A text, empty or not."""
    require(isinstance(value, str), where, value)


def flag(value: Any, where: str) -> None:
    """True or false."""
    require(isinstance(value, bool), where, value)


def number(value: Any, where: str) -> None:
    """A number that is not negative."""
    require(isinstance(value, int | float) and not isinstance(value, bool) and value >= 0, where, value)


def whole(value: Any, where: str) -> None:
    """A whole number that is not negative."""
    require(isinstance(value, int) and not isinstance(value, bool) and value >= 0, where, value)


def instant(value: Any, where: str) -> None:
    """A moment in UTC, to the second."""
    require(
        isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value) is not None,
        where,
        value,
    )


def kebab(value: Any, where: str) -> None:
    """An id in lower case."""
    require(
        isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None, where, value
    )


def link(value: Any, where: str) -> None:
    """A link that can be followed."""
    require(isinstance(value, str) and re.fullmatch(r"https://\S+", value) is not None, where, value)


def one_of(*words: str) -> Check:
    """One of a closed set of words."""

    def check(value: Any, where: str) -> None:
        require(isinstance(value, str) and value in words, where, value)

    return check


def or_null(inner: Check) -> Check:
    """That, or null."""

    def check(value: Any, where: str) -> None:
        if value is not None:
            inner(value, where)

    return check


def list_of(inner: Check) -> Check:
    """A list of that."""

    def check(value: Any, where: str) -> None:
        require(isinstance(value, list), where, value)
        for at, item in enumerate(value):
            inner(item, f"{where}[{at}]")

    return check


def object_of(**keys: Check) -> Check:
    """An object with at least these keys: to add some is free."""

    def check(value: Any, where: str) -> None:
        require(isinstance(value, dict), where, value)
        for key, inner in keys.items():
            require(key in value, f"{where}.{key}", "missing")
            inner(value[key], f"{where}.{key}")

    return check


FIX_KEYS: dict[str, dict[str, Check]] = {
    "set": {"value": any_text},
    "rename": {"to": text},
    "transform": {"how": one_of("strip", "unquote", "decode", "swap")},
    "remove": {},
    "add": {},
    "replace": {},
}


def fix(value: Any, where: str) -> None:
    """What a program could do; each action has the keys that are its own, and no others."""
    object_of(action=one_of(*FIX_KEYS), variable=text)(value, where)
    own = dict(FIX_KEYS[value["action"]])
    if value.get("how") == "swap":
        own["with"] = text
    object_of(**own)(value, where)
    for key in ("value", "to", "how", "with"):
        require(key in own or key not in value, f"{where}.{key}", "of another action")


def location(value: Any, where: str) -> None:
    """A place in a file, counted from 1."""
    object_of(file=text, line=whole, column=whole)(value, where)
    require(value["line"] > 0 and value["column"] > 0, where, value)


def finding(value: Any, where: str) -> None:
    """A cause that was found."""
    object_of(
        cause=kebab,
        severity=one_of(*SEVERITIES),
        title=text,
        explanation=text,
        evidence=list_of(text),
        also_possible=list_of(kebab),
        remediation=list_of(object_of(text=text, command=or_null(text), url=or_null(link))),
        fixes=list_of(fix),
        verified=flag,
        location=or_null(location),
    )(value, where)
    require("\n" not in value["title"], f"{where}.title", value["title"])
    require(bool(value["remediation"]), f"{where}.remediation", "empty")
    require(not value["verified"] or bool(value["fixes"]), f"{where}.verified", "without a fix")


def check_row(value: Any, where: str) -> None:
    """How a check ended."""
    object_of(
        name=one_of(*CHECKS),
        status=one_of("ok", "warning", "error", "skipped", "crashed"),
        duration_ms=number,
        detail=or_null(text),
        reason=or_null(text),
    )(value, where)
    require(
        (value["status"] == "skipped") == (value["reason"] is not None), f"{where}.reason", value["reason"]
    )


def judged(value: Any, where: str) -> None:
    """What sets and images share: checks in order, findings by importance, and the status that follows."""
    object_of(
        status=one_of("ok", "warning", "error"),
        proved=flag,
        checks=list_of(check_row),
        findings=list_of(finding),
    )(value, where)
    order = [CHECKS.index(check["name"]) for check in value["checks"]]
    require(order == sorted(set(order)), f"{where}.checks", order)
    severities = [SEVERITIES.index(found["severity"]) for found in value["findings"]]
    require(severities == sorted(severities, reverse=True), f"{where}.findings", severities)
    worst = ("ok", "warning", "error")[max(severities, default=0)]
    require(value["status"] == worst, f"{where}.status", value["status"])


def passed(value: Any, *checks: str) -> bool:
    """Whether one of these checks ended well."""
    return any(check["name"] in checks and check["status"] == "ok" for check in value["checks"])


def secret_set(value: Any, where: str) -> None:
    """A set."""
    judged(value, where)
    require(value["proved"] == passed(value, "login", "engine"), f"{where}.proved", value["proved"])
    object_of(
        id=text,
        variables=object_of(server=or_null(text), user=or_null(text), password=or_null(text)),
        server=or_null(any_text),
        user=or_null(any_text),
        registry=one_of(*REGISTRIES.split()),
        credential=or_null(object_of(kind=kebab, expires_at=or_null(instant))),
    )(value, where)
    variables = value["variables"]
    for key, part in (("server", "server"), ("user", "user"), ("credential", "password")):
        require((value[key] is None) == (variables[part] is None), f"{where}.{key}", value[key])
    for part, name in variables.items():
        wanted = f"{value['id']}_CONTAINER_REGISTRY_{part.upper()}"
        require(name in (None, wanted), f"{where}.variables.{part}", name)


def image(value: Any, where: str) -> None:
    """An image that the workspace pulls; one that may be pulled can still fail for another reason."""
    judged(value, where)
    object_of(reference=text, source=text, set=or_null(text), location=or_null(location))(value, where)
    require(value["proved"] or not passed(value, "pull"), f"{where}.proved", value["proved"])


def report(value: Any, where: str = "report") -> None:
    """The whole report. Raises `Broken` where it is not what was promised."""
    object_of(
        schema_version=whole,
        regdoctor_version=text,
        started_at=instant,
        duration_ms=whole,
        environment=object_of(
            codespace=flag,
            recovery_container=flag,
            repository=or_null(text),
            docker=object_of(
                status=one_of(
                    "ok", "not-installed", "not-running", "permission-denied", "api-mismatch", "not-asked"
                ),
                version=or_null(text),
            ),
        ),
        sets=list_of(secret_set),
        images=list_of(image),
        findings=list_of(finding),
        summary=object_of(ok=whole, warning=whole, error=whole),
    )(value, where)
    require(value["schema_version"] == 1, f"{where}.schema_version", value["schema_version"])
    statuses = [judged["status"] for judged in (*value["sets"], *value["images"])]
    counts = {status: statuses.count(status) for status in ("ok", "warning", "error")}
    require(value["summary"] == counts, f"{where}.summary", value["summary"])
    ids = [found["id"] for found in value["sets"]]
    require(len(set(ids)) == len(ids), f"{where}.sets", ids)
    severities = [SEVERITIES.index(found["severity"]) for found in value["findings"]]
    require(severities == sorted(severities, reverse=True), f"{where}.findings", severities)
