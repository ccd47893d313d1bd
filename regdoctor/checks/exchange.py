"""Does AWS exchange the access key for a token that its registry takes?

https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
"""

from __future__ import annotations

import re
import time

from regdoctor.checks.answers import mends, words_in
from regdoctor.checks.case import Case, Outcome
from regdoctor.checks.value import duration
from regdoctor.model import Fix
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Finding
    from regdoctor.probes.aws import Token
    from regdoctor.registries.registry import Exchange

NAME = "exchange"

_BY_STATUS = {403: "aws-access-denied", 429: "rate-limited"}
"""What an answer of AWS means whose words are not known."""
_OF_OTHERS = {403: "firewall-denied", 407: "proxy-auth-required", 429: "rate-limited"}
"""What an answer means that is not in AWS's form; any other status: there is no AWS."""


def check(case: Case) -> Outcome:
    """Exchange a key once; what is logged in with afterwards is the token."""
    where = case.registry.exchange(case.values.host)
    if where is None:
        # Recognised by its challenge alone, under a name that says neither account nor region.
        finding = case.finding("aws-wrong-region", fixes=(Fix("replace", case.secret_set.name_of("server")),))
        return Outcome("error", findings=(finding,))
    key = (NAME, where, case.user, case.password)
    try:
        answer = case.world.logins.once(key, case.deadline, lambda: _ask(case, where))
    except ProbeFailure as failure:
        return _not_reached(case, failure)
    except TimeoutError:
        return case.failed(ProbeFailure("timeout-overall", "AWS did not answer in time"))
    if answer.token is None:
        return Outcome("error", findings=(_refusal(case, answer, where),))
    case.exchanged = answer.token
    return Outcome("ok", detail=case.clean(_in_words(answer.token)))


class Answer(Record):
    """What came of an exchange: a token, or AWS's words against it."""

    token: Token | None = None
    code: str = ""
    message: str = ""
    status: int = 0
    asked: str = ""


def _ask(case: Case, where: Exchange) -> Answer:
    from regdoctor.probes.aws import AwsRefusal, exchange

    try:
        token = exchange(case.world, where, case.user, case.password, case.stage())
    except AwsRefusal as refusal:
        return Answer(None, refusal.code, refusal.message, refusal.status, refusal.endpoint)
    from base64 import b64encode

    pair = b64encode(f"{token.user}:{token.password.reveal()}".encode()).decode()
    for secret in (token.password, Secret(pair)):
        case.world.redactor.add(secret)
    return Answer(token)


def _in_words(token: Token) -> str:
    account = f" of account {token.account}" if token.account else ""
    left = (token.expires_at or 0) - time.time()
    until = f", good for {duration(left)}" if left > 0 else ""
    return f"{token.endpoint} gave a token for the key{account}{until}"


def _refusal(case: Case, answer: Answer, where: Exchange) -> Finding:
    from regdoctor.causes.signatures import recognise

    # boto3 puts the status in the place of a code where the answer has none.
    foreign = answer.code.isdigit() or not answer.code
    words = words_in(answer.message) if foreign else f"{answer.code}: {answer.message}".strip()
    signature = recognise(words, case.registry.id)
    if signature is not None:
        cause, also = signature.cause, signature.also_possible
    else:
        cause, also = _BY_STATUS.get(answer.status, "unknown"), ()
        if foreign:
            cause = _OF_OTHERS.get(answer.status, "not-a-registry")
        if answer.status >= 500:
            cause = "registry-unavailable"
    evidence = [f"{answer.asked} answered HTTP {answer.status}", f"its words: {words[:400]}"]
    offset = case.world.clock_offset()
    if cause in ("aws-signature-mismatch", "clock-skew") and offset is not None:
        # A signature is good for five minutes around the moment that it names.
        cause, direction = "clock-skew", "ahead of" if offset > 0 else "behind"
        evidence.append(f"the clock of {answer.asked} is {duration(abs(offset))} {direction} this one")
    action = re.search(r"perform: ([a-z-]+:[A-Za-z]+)", answer.message)
    return case.finding(
        cause,
        evidence=tuple(evidence),
        also_possible=also,
        fixes=mends(case, cause),
        key_id=case.clean(case.user),
        region=where.region,
        account=where.account or "the account",
        words=case.clean(words[:400]),
        host=answer.asked,
        address=answer.asked,
        status=f"HTTP {answer.status}",
        facts={"action": case.clean(action[1])} if action else {},
    )


def _not_reached(case: Case, failure: ProbeFailure) -> Outcome:
    trouble = case.registry.absent(case.values.host) if failure.cause == "dns-not-found" else None
    if trouble is None:
        return case.failed(failure)
    found = case.trouble(trouble)
    return Outcome(
        "error", findings=(found.but(evidence=(*map(case.clean, failure.evidence), *found.evidence)),)
    )
