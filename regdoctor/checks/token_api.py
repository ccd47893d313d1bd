"""What a vendor's own API says of a token: asked once, at the host that belongs to the registry alone."""

from __future__ import annotations

from regdoctor.address import endpoint_of
from regdoctor.checks.case import Case
from regdoctor.checks.value import expiry
from regdoctor.model import worst
from regdoctor.probes.failure import ProbeFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Finding
    from regdoctor.registries.judgement import Refusal
    from regdoctor.registries.registry import TokenApi, TokenFacts

SECONDS = 5.0
"""What it knows is worth waiting for, and no more than that."""


def told_by_api(case: Case, refusal: Refusal | None) -> tuple[Finding, ...]:
    """What the API's answer means for a login, accepted or refused; nothing where there is no answer."""
    api = case.registry.token_api
    if api is None or case.values.credential.kind not in api.kinds:
        return ()
    host = api.host_of(case.values.host)
    try:
        facts = case.world.logins.once(
            ("token", host, case.password), case.deadline, lambda: _ask(case, api, host)
        )
    except (ProbeFailure, TimeoutError):
        return ()  # it was an offer of help; the registry's own answer stands
    if facts is None:
        return ()
    found = [case.trouble(trouble) for trouble in api.weigh(facts, case.values, refusal)]
    if facts.expires_at is not None:
        case.expires_at = facts.expires_at
        found += expiry(case, facts.expires_at, f"{host} says of the token")
    return tuple(sorted(found, key=lambda finding: worst((finding,)) != "error"))


def _ask(case: Case, api: TokenApi, host: str) -> TokenFacts | None:
    headers = {**dict(api.headers), "Authorization": f"Bearer {case.password.reveal()}"}
    response = case.world.ask(
        endpoint_of(host), api.path_of(case.values.host), headers, case.deadline.within(SECONDS), once=True
    )
    named = {name.lower(): value for name, value in response.headers}
    return api.read(response.status, named, response.text)
