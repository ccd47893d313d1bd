"""Is there a registry behind the host, and what does it ask for?

https://distribution.github.io/distribution/spec/api/#api-version-check
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from regdoctor.challenge import is_too_much, read_challenges
from regdoctor.checks.answers import evidence_of, refused_at_the_door
from regdoctor.checks.case import LOGIN, Case, Outcome
from regdoctor.checks.value import judge_values
from regdoctor.probes.failure import ProbeFailure
from regdoctor.registries import PLAIN, recognise_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.challenge import Challenge
    from regdoctor.probes.http import Response

NAME = "registry"

_OPEN_TO_ALL = "the registry asks for no credential"
_REDIRECTS = 3
_TAKEN = ("bearer", "basic")


def check(case: Case) -> Outcome:
    """Ask whose registry it is, and judge the set's values by that where it was not known before."""
    known = case.registry
    outcome = look(case)
    if outcome.status != "ok" or case.registry is known or case.secret_set.password is None:
        return outcome
    # Only now is it known whose rules the values have to follow.
    findings = tuple(judge_values(case, case.values))
    failed = any(finding.severity == "error" for finding in findings)
    return outcome.but(
        status="error" if failed else "ok",
        findings=findings,
        stops=LOGIN if failed else (),
        why_stopped="value failed" if failed else None,
    )


def look(case: Case) -> Outcome:
    """Ask for /v2/ without a credential, and read the challenge."""
    host = case.host
    try:
        response = host.once(NAME, case.deadline, lambda: _ask(case))
    except ProbeFailure as failure:
        return case.failed(failure)
    if response.status == 401:
        return _challenged(case, response)
    if response.status == 200:
        return _open_door(case, response)
    return Outcome("error", findings=(refused_at_the_door(case, response),))


def _ask(case: Case) -> Response:
    """The answer to /v2/, after redirects within the host: no credential is in play yet."""
    host, path, deadline = case.host, "/v2/", case.stage()
    for _ in range(_REDIRECTS):
        response = case.world.ask(host.endpoint, path, {}, deadline, plain_http=host.plain_http)
        location = response.header("location") if response.status in (301, 302, 303, 307, 308) else None
        if location is None:
            return response
        try:
            target = urlsplit(urljoin(f"https://{host.endpoint.authority}{path}", location))
        except ValueError:
            return response
        if target.netloc.lower() != host.endpoint.authority or not target.path:
            return response
        path = target.path
    return response


def _challenged(case: Case, response: Response) -> Outcome:
    told = response.all_headers("www-authenticate")
    if is_too_much(told):
        # Docker reads all of it, and would go wherever the rest leads: nobody logs in here.
        said = f"{case.host.endpoint.authority} asks to log in in more ways, or longer, than any registry"
        return Outcome("error", findings=(case.finding("not-a-registry", evidence=(said,)),), stops=LOGIN)
    challenges = read_challenges(told)
    case.challenges = challenges
    if not any(challenge.scheme in _TAKEN for challenge in challenges):
        schemes = ", ".join(challenge.scheme for challenge in challenges) or "no way at all"
        evidence = (*evidence_of(case, response), f"it offers to log in by: {schemes}")
        return Outcome("error", findings=(case.finding("not-a-registry", evidence=evidence),))
    detail = case.clean("; ".join(map(_in_words, challenges)))
    if case.registry is PLAIN:
        asked = [(challenge.realm, challenge.service) for challenge in challenges]
        case.registry = case.host.once(
            "vendor", case.deadline, lambda: recognise_answer(asked, response.headers)
        )
    return Outcome("ok", detail=detail)


def _in_words(challenge: Challenge) -> str:
    if challenge.scheme == "bearer":
        service = f", service {challenge.service}" if challenge.service else ""
        return f"Bearer, tokens from {challenge.realm or 'nowhere'}{service}"
    return f"{challenge.scheme.capitalize()}{f' realm {challenge.realm!r}' if challenge.realm else ''}"


def _open_door(case: Case, response: Response) -> Outcome:
    """An answer without a challenge: a registry open to all, or a web server."""
    says_registry = response.header("docker-distribution-api-version") is not None
    body = response.text.strip()
    if not says_registry and body not in ("{}", "true", '""'):
        return Outcome(
            "error", findings=(case.finding("not-a-registry", evidence=evidence_of(case, response)),)
        )
    finding = case.finding("credential-not-tested", evidence=evidence_of(case, response))
    return Outcome("ok", detail=_OPEN_TO_ALL, findings=(finding,), stops=LOGIN, why_stopped=_OPEN_TO_ALL)
