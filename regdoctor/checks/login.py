"""Does the registry take the credential? Asked as `docker login` asks.

https://distribution.github.io/distribution/spec/auth/token/ and docker/cli internal/registry/auth.go.
"""

from __future__ import annotations

import time

from regdoctor.checks.answers import evidence_of, refusal_in, refused
from regdoctor.checks.case import EXPIRED, Case, Outcome
from regdoctor.checks.pull_rate import pull_rate
from regdoctor.checks.realm import distrusted
from regdoctor.checks.token import ask_for_token, basic
from regdoctor.checks.token_api import told_by_api
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.challenge import Challenge
    from regdoctor.checks.pull_rate import PullRate
    from regdoctor.model import Finding
    from regdoctor.probes.http import Response

NAME = "login"
_REFUSALS = (400, 401, 403)
"""What registries and token services answer to a credential that they do not take."""


class Answer(Record):
    """What came of sending a credential."""

    accepted: str | None = None
    """Who accepted it."""
    response: Response | None = None
    """What came instead."""
    asked: str = ""
    """The host that gave the response."""
    token_missing: bool = False
    rate: PullRate | None = None
    """How many pulls the account has left, where the registry tells."""


def check(case: Case) -> Outcome:
    """Log in once; the same credential is not sent again in this run."""
    challenges = {challenge.scheme: challenge for challenge in reversed(case.challenges)}
    bearer = challenges.get("bearer")
    if bearer is not None and (finding := distrusted(case, bearer)):
        return Outcome("error", findings=(finding,))
    key = (NAME, case.host.endpoint, case.user, case.password, case.identity_token)
    try:
        answer = case.world.logins.once(
            key, case.deadline, lambda: _by_token(case, bearer) if bearer else _by_password(case)
        )
    except ProbeFailure as failure:
        return case.failed(failure)
    except TimeoutError:
        return case.failed(ProbeFailure("timeout-overall"))
    if answer.accepted is None:
        assert answer.response is not None
        outcome = _refusal(case, answer)
        if answer.response.status in _REFUSALS or outcome.findings[0].cause == "account-locked":
            first, *others = outcome.findings
            outcome = outcome.but(findings=(case.note_refusal(first), *others))
        return outcome
    case.proved = True
    case.world.refusals.forget(case.sent)
    user = case.clean(case.secret_set.shown_user or "the user")
    findings = (*told_by_api(case, None), *_used_up(case, answer.rate))
    pulls = f"; {answer.rate.in_words()}" if answer.rate else ""
    return Outcome(
        "ok", detail=f"{user} is accepted by {case.peer(answer.accepted)}{pulls}", findings=findings
    )


def _by_password(case: Case) -> Answer:
    host = case.host
    response = case.world.ask(
        host.endpoint, "/v2/", basic(case), case.deadline, plain_http=host.plain_http, once=True
    )
    if response.status == 200:
        return Answer(accepted=host.endpoint.authority)
    return Answer(response=response, asked=host.endpoint.authority)


def _by_token(case: Case, challenge: Challenge) -> Answer:
    host, rated = case.host, case.registry.rate_repository
    # One token serves for both: the login, and the question how many pulls are left.
    scope = None if rated is None else f"repository:{rated}:pull"
    # Registries that share a token service share its answer: it would count a refusal for each of them.
    key = (challenge.realm, challenge.service, scope, case.user, case.password, case.identity_token)
    handed = case.world.logins.once(key, case.deadline, lambda: ask_for_token(case, challenge, scope))
    if handed.token is None:
        missing = handed.response.status == 200
        return Answer(response=handed.response, asked=handed.asked, token_missing=missing)
    response = case.world.ask(host.endpoint, "/v2/", handed.header, case.deadline, plain_http=host.plain_http)
    if response.status == 200:
        rate = pull_rate(case, rated, handed.header) if rated is not None else None
        return Answer(accepted=host.endpoint.authority, rate=rate)
    return Answer(response=response, asked=host.endpoint.authority)


def _used_up(case: Case, rate: PullRate | None) -> tuple[Finding, ...]:
    if rate is None or rate.remaining > 0:
        return ()
    evidence = (rate.in_words(),)
    return (case.finding("rate-limited", evidence=evidence, severity="warning", words=rate.in_words()),)


def _refusal(case: Case, answer: Answer) -> Outcome:
    assert answer.response is not None
    if answer.token_missing:
        evidence = (*evidence_of(case, answer.response, answer.asked), "there is no token in the answer")
        finding = case.finding("not-a-registry", evidence=evidence, host=case.peer(answer.asked))
        return Outcome("error", findings=(finding,))
    refusal = refusal_in(case, answer.response)
    finding = refused(case, answer.response, answer.asked)
    if told := told_by_api(case, refusal):
        return Outcome("error", findings=_with_api(finding, told))
    offset = case.world.clock_offset()
    if offset is None or finding.cause not in ("bad-credentials", *EXPIRED):
        return Outcome("error", findings=(finding,))
    there = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + offset))
    here = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    evidence = (*finding.evidence, f"this clock says {here} UTC, the server's {there} UTC")
    if finding.cause in EXPIRED:
        return Outcome("error", findings=(case.finding("clock-skew", evidence=evidence),))
    finding = finding.but(evidence=evidence, also_possible=(*finding.also_possible, "clock-skew"))
    return Outcome("error", findings=(finding,))


def _with_api(refused: Finding, told: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The registry's refusal, explained by what the vendor's API said."""
    first = told[0]
    if first.severity != "error":
        return (refused, *told)
    return (first.but(evidence=(*refused.evidence, *first.evidence)), *told[1:])
