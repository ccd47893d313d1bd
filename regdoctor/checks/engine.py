"""Does a real `docker login`, by the Docker Engine, succeed?"""

from __future__ import annotations

from regdoctor.causes import CAUSES, docker, network
from regdoctor.checks.answers import reread
from regdoctor.checks.case import Case, Outcome, right_server
from regdoctor.checks.realm import distrusted
from regdoctor.probes.failure import ProbeFailure
from regdoctor.registries.judgement import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.probes.engine import Engine

NAME = "engine"
_UNSEEN = "the registry's challenge was not seen, so the Engine alone knows whom it told"


def check(case: Case, engine: Engine) -> Outcome:
    """Log in by the Engine once; the same credential is not sent again in this run.

    It is not asked where it would send the credential to somebody who does not deserve it, or would itself be
    sent it unencrypted.
    """
    from regdoctor.causes.signatures import recognise

    for challenge in case.challenges:
        if challenge.scheme == "bearer" and (finding := distrusted(case, challenge)):
            said = (*finding.evidence, "the Engine would have sent it there, so it was not asked")
            return Outcome("error", findings=(finding.but(evidence=said),))
    if engine.in_clear:
        return _in_clear(case, engine)
    server = right_server(case.secret_set.text("server")) or ""
    key = (NAME, case.host.endpoint, case.user, case.password)
    try:
        words = case.world.logins.once(key, case.deadline, lambda: _log_in(case, engine, server))
    except ProbeFailure as failure:
        return case.failed(failure)
    except TimeoutError:
        return case.failed(ProbeFailure("timeout-overall", "the Engine did not answer in time"))
    if words is None:
        case.proved = True
        case.world.refusals.forget(case.sent)
        unseen = "" if case.challenges else f"; {_UNSEEN}"
        return Outcome(
            "ok", detail=case.clean(f"docker login succeeded, Engine {engine.docker.version}{unseen}")
        )
    signature = recognise(words, case.registry.id)
    cause = signature.cause if signature else "unknown"
    also = signature.also_possible if signature else ()
    evidence = (f"the Engine said: {words}",)
    finding = reread(case, Refusal(cause, words, also), evidence, {"words": case.clean(words)})
    if CAUSES[cause].family not in (network.FAMILY, docker.FAMILY):
        finding = case.note_refusal(finding)
    return Outcome("error", findings=(finding,))


def _in_clear(case: Case, engine: Engine) -> Outcome:
    host = case.clean(engine.host)
    why = f"the Engine at {host} would be sent the password unencrypted, so it was not asked"
    if case.settings.engine != "docker":
        return Outcome("skipped", reason=why)
    facts = {"realm": host}
    return Outcome("error", findings=(case.finding("realm-not-trusted", evidence=(why,), facts=facts),))


def _log_in(case: Case, engine: Engine, server: str) -> str | None:
    """What the Engine says against it; None where it logged in."""
    from regdoctor.probes.engine import EngineRefusal, log_in

    try:
        log_in(engine, server, case.user, case.password, case.deadline)
    except EngineRefusal as refusal:
        return str(refusal)
    except TimeoutError:
        raise ProbeFailure("timeout-overall", "the Engine did not answer in time") from None
    return None
