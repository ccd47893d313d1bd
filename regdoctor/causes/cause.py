"""What a cause is, and how it becomes a finding about one set."""

from __future__ import annotations

from regdoctor.model import Finding, Step
from regdoctor.record import Record
from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.model import Fix, Severity

STAND_INS: dict[str, str] = {
    "id": "<ID>",
    "holder": "set <ID>",
    "selection": "--only <ID>",
    "variable": "<ID>_CONTAINER_REGISTRY_PASSWORD",
    "misnamed": "<NAME>",
    "to": "<ID>_CONTAINER_REGISTRY_USER",
    "other": "another set",
    "server_variable": "<ID>_CONTAINER_REGISTRY_SERVER",
    "user_variable": "<ID>_CONTAINER_REGISTRY_USER",
    "password_variable": "<ID>_CONTAINER_REGISTRY_PASSWORD",
    "server": "the server",
    "user": "the user",
    "right_server": "the registry's host name",
    "host": "the registry",
    "address": "<HOST>",
    "port": "443",
    "registry": "the registry",
    "credential": "password or access token",
    "credential_page": "the registry's page for access tokens",
    "documentation": "the registry's documentation",
    "problem": "something that does not belong there",
    "status": "an error",
    "seconds": "20",
    "when": "at the time that it carries",
    "proxy": "the proxy",
    "proxy_variable": "HTTPS_PROXY",
    "realm": "another host",
    "words": "a refusal",
    "right_user": "the user that belongs to it",
    "kind": "a credential of another kind",
    "action": "ecr:GetAuthorizationToken",
    "region": "the region",
    "account": "the account",
    "key_id": "the access key",
    "owner": "another user",
    "scopes": "none",
    "replacement": "the registry that replaced it",
    "repository": "the repository",
    "image": "<IMAGE>",
    "tag": "<TAG>",
    "platform": "this machine's platform",
    "helper": "the credential helper",
    "file": "~/.docker/config.json",
    "line": "the line that is named",
}
"""Every fact that a text may name, and the words that stand for it where it is not known."""


_NAMES = frozenset(
    (
        *("id", "selection", "variable", "misnamed", "to"),
        *("server_variable", "user_variable", "password_variable"),
    )
)
"""The facts that are names from the environment, which may hold any character."""


class Cause(Record):
    """A known failure: its words, in which `{fact}` stands for a fact of the set at hand."""

    id: str
    family: str
    """The heading under which `regdoctor causes` lists it."""
    title: str
    """One line, without a full stop."""
    explanation: str
    """What happened and why."""
    steps: tuple[Step, ...]
    severity: Severity = "error"


_FACT = regex(r"\{(\w+)\}")


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        if name == "holder" and "id" in self:
            return f"set {self['id']}"
        return STAND_INS[name]


def facts_in(template: str) -> frozenset[str]:
    """The facts that a text names."""
    return frozenset(_FACT.findall(template))


def facts_of_step(step: Step) -> frozenset[str]:
    """The facts that a step names."""
    return frozenset().union(*(facts_in(text) for text in (step.text, step.command, step.url) if text))


def _fill(template: str, known: _Known) -> str:
    return template.format_map(known)


def _sentence(text: str) -> str:
    """A text whose first word may have been a fact: "the registry" becomes "The registry"."""
    return text[:1].upper() + text[1:] if text.startswith(("the ", "a ", "an ")) else text


def _fill_command(template: str, known: _Known) -> str | None:
    """A command; none where a name in it is no plain word, as a shell would take it for something else."""
    names = [known[name].removeprefix("--only ") for name in facts_in(template) & _NAMES if name in known]
    if all(name.isascii() and name.replace("_", "").isalnum() for name in names):
        return _fill(template, known)
    return None


def _fill_step(step: Step, known: _Known) -> Step:
    return Step(
        text=_fill(step.text, known),
        command=None if step.command is None else _fill_command(step.command, known),
        url=None if step.url is None else _fill_link(step.url, known),
    )


def _fill_link(template: str, known: _Known) -> str | None:
    """A link; None where it needs what is not known, as no stand-in makes one."""
    try:
        return template.format_map(dict(known))
    except KeyError:
        return None


def filled(steps: tuple[Step, ...], facts: Mapping[str, str]) -> tuple[Step, ...]:
    """Steps with what is known put in."""
    known = _Known(facts)
    return tuple(_fill_step(step, known) for step in steps)


def finding(
    cause: Cause,
    facts: Mapping[str, str],
    *,
    evidence: tuple[str, ...] = (),
    also_possible: tuple[str, ...] = (),
    fixes: tuple[Fix, ...] = (),
    severity: Severity | None = None,
) -> Finding:
    """A cause said of one set, with what is known of it."""
    known = _Known(facts)
    return Finding(
        cause=cause.id,
        severity=severity or cause.severity,
        title=_sentence(_fill(cause.title, known)),
        explanation=_sentence(_fill(cause.explanation, known)),
        evidence=evidence,
        also_possible=also_possible,
        remediation=filled(cause.steps, known),
        fixes=fixes,
    )
