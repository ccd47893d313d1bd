"""The report as JSON, field by field: nothing reaches it that is not named here."""

from __future__ import annotations

import time

from regdoctor import __version__
from regdoctor.model import PARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from regdoctor.model import (
        Call,
        CheckResult,
        Finding,
        Fix,
        ImageResult,
        Location,
        Report,
        SetResult,
        Step,
    )

SCHEMA_VERSION = 1


def render(report: Report, *, trace: bool = False) -> str:
    """The report as one JSON object, ending in a line end."""
    return json_text(as_object(report, trace=trace))


def json_text(value: object) -> str:
    """A value as JSON, ending in a line end; no line of it is a command to the runner of GitHub Actions."""
    import json

    return json.dumps(value, indent=2, ensure_ascii=True).replace("##[", "##\\u005b") + "\n"


def as_object(report: Report, *, trace: bool = False) -> dict[str, Any]:
    """The report in the types of JSON."""
    environment = report.environment
    found: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "regdoctor_version": __version__,
        "started_at": instant(report.started_at),
        "duration_ms": report.duration_ms,
        "environment": {
            "codespace": environment.codespace,
            "recovery_container": environment.recovery_container,
            "repository": environment.repository,
            "docker": {"status": environment.docker.status, "version": environment.docker.version},
        },
        "sets": [_set(result) for result in report.sets],
        "images": [_image(result) for result in report.images],
        "findings": [finding_object(finding) for finding in report.findings],
        "summary": {
            verdict: sum(result.status == verdict for result in report.results)
            for verdict in ("ok", "warning", "error")
        },
    }
    if trace:
        found["trace"] = [_call(call) for call in report.calls]
    return found


def instant(moment: float) -> str:
    """A moment in seconds since the epoch as RFC 3339, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def _set(result: SetResult) -> dict[str, Any]:
    found = result.secret_set
    variables = {part: variable.name if (variable := found.variable(part)) else None for part in PARTS}
    credential = result.credential
    return {
        "id": found.id,
        "variables": variables,
        "server": found.shown_server,
        "user": found.shown_user,
        "registry": result.registry,
        "credential": None
        if credential is None
        else {
            "kind": credential.kind,
            "expires_at": None if credential.expires_at is None else instant(credential.expires_at),
        },
        "status": result.status,
        "proved": result.proved,
        "checks": [_check(check) for check in result.checks],
        "findings": [finding_object(finding) for finding in result.findings],
    }


def _image(result: ImageResult) -> dict[str, Any]:
    image = result.image
    return {
        "reference": image.reference,
        "source": image.source,
        "location": _location(image.location),
        "set": result.set_id,
        "status": result.status,
        "proved": result.proved,
        "checks": [_check(check) for check in result.checks],
        "findings": [finding_object(finding) for finding in result.findings],
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {"file": location.file, "line": location.line, "column": location.column}


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.name,
        "status": check.status,
        "duration_ms": check.duration_ms,
        "detail": check.detail,
        "reason": check.reason,
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding in the types of JSON."""
    return {
        "cause": finding.cause,
        "severity": finding.severity,
        "title": finding.title,
        "explanation": finding.explanation,
        "evidence": list(finding.evidence),
        "also_possible": list(finding.also_possible),
        "remediation": [_step(step) for step in finding.remediation],
        "fixes": [_fix(fix) for fix in finding.fixes],
        "verified": finding.verified,
        "location": _location(finding.location),
    }


def _step(step: Step) -> dict[str, str | None]:
    return {"text": step.text, "command": step.command, "url": step.url}


def _fix(fix: Fix) -> dict[str, str]:
    named = {"value": fix.value, "to": fix.to, "how": fix.how, "with": fix.other}
    given = {key: value for key, value in named.items() if value is not None}
    return {"action": fix.action, "variable": fix.variable, **given}


def _call(call: Call) -> dict[str, Any]:
    return {
        "method": call.method,
        "host": call.host,
        "status": call.status,
        "duration_ms": call.duration_ms,
    }
