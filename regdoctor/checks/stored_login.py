"""Does docker's own login for a registry agree with the set that has just logged in there?"""

from __future__ import annotations

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding
from regdoctor.checks.case import SPACE, Case, right_server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regdoctor.model import Finding, SecretSet
    from regdoctor.probes.config_json import Login
    from regdoctor.probes.docker_config import DockerConfig

_GITHUB = ("ghcr", "github-packages")
_OWN_TOKENS = ("ghu_", "ghs_")
"""How the tokens begin that GitHub makes for a codespace."""


def stale_login(case: Case, twins: Iterable[SecretSet] = ()) -> Finding | None:
    """What is to be said of docker's login for the registry of a set that logged in; `twins` are other sets
    for the same one.

    Nothing where docker has none, or where it cannot be compared: for AWS it is never the key of the set, and
    a token that the registry gave docker in exchange for a password tells nothing of that.
    """
    server = right_server(case.secret_set.text("server"))
    if server is None or case.registry.id in ("ecr", "ecr-public"):
        return None
    login = case.world.docker.login_for(server, case.deadline)
    if login is None or login.registry_token or _is_codespaces_own(login, case):
        return None
    if any(_agrees(login, found) for found in (case.secret_set, *twins)):
        return None
    same_user = not login.user or login.user.strip(SPACE) == case.secret_set.text("user").strip(SPACE)
    from regdoctor.causes.configuration import WITHOUT_VARIABLE

    differs = "another password for the same user" if same_user else "the login of another user"
    evidence = (f"{login.source} holds {differs}",)
    found = case.finding("config-stale-credentials", evidence=evidence, file=case.world.docker.file)
    return found.but(remediation=WITHOUT_VARIABLE) if login.in_variable else found


def _agrees(login: Login, found: SecretSet) -> bool:
    if login.user and login.user.strip(SPACE) != found.text("user").strip(SPACE):
        return False
    if login.identity_token:
        return True
    return login.password.reveal().strip(SPACE) == found.text("password").strip(SPACE)


def _is_codespaces_own(login: Login, case: Case) -> bool:
    """Whether it is the login that Codespaces makes by itself, for the images of the repository."""
    environ, password = case.world.environ, login.password.reveal()
    if case.registry.id not in _GITHUB or environ.get("CODESPACES") != "true":
        return False
    return password.startswith(_OWN_TOKENS) or password == environ.get("GITHUB_TOKEN")


def config_findings(
    config: DockerConfig, hosts: Iterable[str], clean: Callable[[str], str]
) -> tuple[Finding, ...]:
    """What keeps docker from its logins, as findings of no set."""
    found = []
    for fault in config.faults(hosts):
        from regdoctor.causes.configuration import IN_VARIABLE

        facts: Mapping[str, str] = {name: clean(fact) for name, fact in fault.failure.facts.items()}
        evidence = tuple(map(clean, fault.failure.evidence))
        said = finding(CAUSES[fault.failure.cause], facts, evidence=evidence, severity=fault.severity)
        found.append(said.but(remediation=IN_VARIABLE) if fault.in_variable else said)
    return tuple(found)
