"""One set under examination: what the checks are given and what they learn from each other."""

from __future__ import annotations

import time
from types import MappingProxyType

from regdoctor.address import Endpoint, endpoint_of, read_address
from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding
from regdoctor.codespace.kept import Kept
from regdoctor.model import Fix
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.refusals import Refused, Sent
from regdoctor.probes.world import Memory
from regdoctor.record import Record
from regdoctor.registries import PLAIN, recognise
from regdoctor.registries.credentials import credential_of, is_access_key_id
from regdoctor.registries.judgement import Values
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from regdoctor.challenge import Challenge
    from regdoctor.model import Finding, SecretSet, Severity, Status
    from regdoctor.probes.aws import Token
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.tcp import Connection
    from regdoctor.probes.world import World
    from regdoctor.registries import Registry
    from regdoctor.registries.judgement import Trouble
    from regdoctor.settings import Settings

    Result = TypeVar("Result")

NETWORK = ("dns", "tcp", "tls", "registry")
LOGIN = ("exchange", "login", "engine")
PULL = "pull"
"""The check of an image."""
EXPIRED = ("token-expired", "ecr-token-expired")
"""What it means that a credential was good once."""
SPACE = " \t\r\n\v\f"
"""What docker login trims from a user name and a password."""
_HAS_LOCKED = "says that the account is locked already"


class Outcome(Record):
    """What a check found; the diagnosis adds name and duration."""

    status: Status
    detail: str | None = None
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    stops: tuple[str, ...] = ()
    """The checks that make no sense after this one."""
    why_stopped: str | None = None
    """The reason that those give; that this check failed, if nothing else is said."""


class HostFacts:
    """What is known of a host; shared by all sets that log in to it, and found out once."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.addresses: tuple[str, ...] = ()
        self.connection: Connection | None = None
        self.plain_http = False
        """The host is this machine and speaks plain HTTP, as Docker permits there."""
        self._memory = Memory()

    def once(self, stage: str, deadline: Deadline, work: Callable[[], Result]) -> Result:
        """What a stage learnt; the first set to come here does the work for all."""
        try:
            return self._memory.once(stage, deadline, work)
        except TimeoutError:
            raise ProbeFailure(
                "timeout-overall", f"{self.endpoint.authority} was still being asked"
            ) from None


class Case:
    """A set, the world in which it is examined, and the facts established so far."""

    def __init__(
        self,
        secret_set: SecretSet,
        host: HostFacts | None,
        settings: Settings,
        world: World,
        deadline: Deadline,
        *,
        sharing: Sequence[str] = (),
        only_one: bool = True,
        as_given: bool = False,
        kept: Kept | None = None,
    ) -> None:
        self.secret_set = secret_set
        self.settings = settings
        self.world = world
        self.deadline = deadline
        self.sharing = sharing
        """The identifiers of the sets for the same registry, this one's among them."""
        self.only_one = only_one
        """No other set is for a registry of the same vendor."""
        self.as_given = as_given
        """Take quotes and unseen characters for parts of the values."""
        self.kept = kept or Kept()
        """What the files of the codespace hold of the set, where that is not in the environment."""
        address = read_address(secret_set.text("server").strip())
        self.registry: Registry = recognise(address.host.lower()) if address else PLAIN
        self.endpoint = login_endpoint(secret_set.text("server"))
        self.host = host or HostFacts(self.endpoint or Endpoint(""))
        self.exchanged: Token | None = None
        """What a cloud key was exchanged for: it is logged in with instead of the key."""
        self.expires_at: int | None = None
        """When the credential ends, as its vendor's API told."""
        self.challenges: tuple[Challenge, ...] = ()
        """What the registry asks for; empty where it asks for no credential, or was not reached."""
        self.proved = False

    @property
    def has_key(self) -> bool:
        """Whether the set holds a cloud key, which has to be exchanged for a token."""
        return is_access_key_id(self.user)

    @property
    def identity_token(self) -> Secret | None:
        """What stands for user and password where a login was made elsewhere; no set holds one."""
        return None

    @property
    def anonymous(self) -> bool:
        """Whether nothing is sent that says who asks."""
        return False

    @property
    def twins(self) -> Iterator[str]:
        """The identifiers of other sets for the same registry."""
        return (each for each in self.sharing if each != self.secret_set.id)

    def stage(self) -> Deadline:
        """The deadline of one stage: half of the set's time, so that a silent one is told from the rest."""
        return self.deadline.within(self.settings.timeout / 2)

    @property
    def user(self) -> str:
        """The user name as docker login sends it."""
        if self.exchanged is not None:
            return self.exchanged.user
        return self.secret_set.text("user").strip(SPACE)

    @property
    def password(self) -> Secret:
        """The password as docker login sends it."""
        if self.exchanged is not None:
            return self.exchanged.password
        return Secret(self.secret_set.text("password").strip(SPACE))

    @property
    def source(self) -> str:
        """Where the credential comes from, if it is not the set's own."""
        return ""

    @property
    def sent(self) -> Sent:
        """What a login sends, and where to."""
        return Sent(self.host.endpoint, self.user, self.password, self.identity_token)

    def note_refusal(self, found: Finding) -> Finding:
        """Remember that the credential was refused, where one refusal more may lock somebody out; the finding
        says so if that was in an earlier run, and nothing was sent in this one."""
        before = self.world.refused_before.of(self.sent)
        if before is not None:
            clock = time.strftime("%H:%M:%S", time.gmtime(before.at))
            why = f"{before.registry} {before.locks}"
            said = f"it said so at {clock} UTC, and the credential was not sent to it again: {why}"
            return found.but(evidence=(*found.evidence, said))
        locks = self.registry.locks or (_HAS_LOCKED if found.cause == "account-locked" else None)
        if locks is not None:
            refused = Refused(self.registry.name, locks, time.time(), self.clean(self.source))
            self.world.refusals.note(self.sent, refused, self.world.logins.about(self.password))
        return found

    @property
    def values(self) -> Values:
        """The set's values, for the registry's own rules."""
        address = read_address(self.secret_set.text("server").strip())
        host = address.host.lower().removesuffix(".") if address else ""
        user = self.secret_set.text("user").strip(SPACE)
        return self.values_of(host, user, self.secret_set.text("password").strip(SPACE))

    def values_of(self, host: str, user: str, password: str) -> Values:
        """A host, a user name and a password, for the registry's own rules."""
        environ = self.world.environ
        return Values(
            host=host,
            user=user,
            password=password,
            credential=credential_of(user, password),
            own_token=bool(password) and environ.get("GITHUB_TOKEN") == password,
            in_workflow=environ.get("GITHUB_ACTIONS") == "true",
            account=self.exchanged.account if self.exchanged else None,
        )

    def trouble(self, trouble: Trouble) -> Finding:
        """Say what a registry's rules found."""
        name = self.secret_set.name_of(trouble.part)
        fixes: tuple[Fix, ...] = ()
        if trouble.mend == "set":
            fixes = (Fix("set", name, value=trouble.right),)
        elif trouble.mend == "replace":
            fixes = (Fix("replace", name),)
        elif trouble.mend == "swap":
            other = self.secret_set.name_of("password" if trouble.part == "user" else "user")
            fixes = (Fix("transform", name, how="swap", other=other),)
        facts = {"variable": name, **{fact: self.clean(value) for fact, value in trouble.facts}}
        return self.finding(
            trouble.cause,
            evidence=trouble.evidence,
            also_possible=trouble.also_possible,
            fixes=fixes,
            severity=trouble.severity,
            facts=facts,
        )

    def clean(self, text: str) -> str:
        """A text from outside, fit to be shown: no credential, no acting character."""
        return self.world.clean(text)

    def peer(self, host: str) -> str:
        """A host that was asked, fit to be shown: one that a peer has named is a text from outside."""
        own = self.endpoint is not None and host == self.endpoint.authority
        return self.world.named(host) if own else self.clean(host)

    def finding(
        self,
        cause: str,
        *,
        evidence: tuple[str, ...] = (),
        also_possible: tuple[str, ...] = (),
        fixes: tuple[Fix, ...] = (),
        severity: Severity | None = None,
        facts: Mapping[str, str] = MappingProxyType({}),
        **more: str,
    ) -> Finding:
        """Say a cause of this set, with facts beside those of the set."""
        return finding(
            CAUSES[cause],
            {**self.facts(), **facts, **more},
            evidence=tuple(map(self.clean, evidence)),
            also_possible=also_possible,
            fixes=tuple(map(self._harmless, fixes)),
            severity=severity,
        )

    def _harmless(self, fix: Fix) -> Fix:
        """A fix that tells no credential: where the right value would be one, the user has to supply it."""
        tells = fix.value is not None and self.world.named(fix.value) != fix.value
        return Fix("replace", fix.variable) if tells else fix

    def failure(self, failure: ProbeFailure) -> Finding:
        """Say what a probe met."""
        seconds = {"seconds": f"{self.settings.timeout:g}"}
        return finding(
            CAUSES[failure.cause],
            {**self.facts(), **seconds, **{name: self.clean(fact) for name, fact in failure.facts.items()}},
            evidence=tuple(map(self.clean, failure.evidence)),
            also_possible=failure.also_possible,
        )

    def failed(self, failure: ProbeFailure) -> Outcome:
        """A check that ended in what a probe met."""
        return Outcome("error", findings=(self.failure(failure),))

    def facts(self) -> Mapping[str, str]:
        """What the texts may say of this set."""
        secret_set, registry = self.secret_set, self.registry
        known = {
            "id": secret_set.id,
            "holder": f"set {secret_set.id}",
            "selection": f"--only {secret_set.id}",
            "server_variable": secret_set.name_of("server"),
            "user_variable": secret_set.name_of("user"),
            "password_variable": secret_set.name_of("password"),
            "variable": secret_set.name_of("password"),
            "registry": registry.name,
            "credential": registry.credential,
        }
        if replacement := registry.replacement_of(self.host.endpoint.host):
            known["replacement"] = replacement
        if page := registry.page_for(self.host.endpoint.host):
            known["credential_page"] = page
        if registry.documentation:
            known["documentation"] = registry.documentation
        if secret_set.shown_server:
            known["server"] = self.clean(secret_set.shown_server)
        if secret_set.shown_user:
            known["user"] = self.clean(secret_set.shown_user)
        if self.endpoint is not None:
            authority = self.endpoint.authority
            known["host"] = known["address"] = self.world.named(authority)
            known["port"] = str(self.endpoint.port)
            known["right_server"] = self.world.named(right_server(secret_set.text("server")) or authority)
        return known


def sent_by(found: SecretSet) -> Sent | None:
    """What a login with a set as it is sends; None where it sends nothing."""
    endpoint = login_endpoint(found.text("server"))
    if endpoint is None or found.password is None:
        return None
    return Sent(endpoint, found.text("user").strip(SPACE), Secret(found.text("password").strip(SPACE)))


def right_server(server: str) -> str | None:
    """The one right form of a server value: what the set should hold; None where it names no host."""
    address = read_address(server.strip())
    if address is None:
        return None
    host = address.host.lower().removesuffix(".")
    registry = recognise(host)
    if registry.is_alias(host) and (right := registry.right_host(host)):
        return right
    if registry.right_server and (registry.is_alias(host) or registry.login_host):
        return registry.right_server
    port = "" if address.port in (None, 443) else f":{address.port}"
    return host + port


def login_endpoint(server: str) -> Endpoint | None:
    """Where a login with this server value goes; None where it names no host."""
    address = read_address(server.strip())
    if address is None:
        return None
    host = address.host.lower().removesuffix(".")
    registry = recognise(host)
    if registry.login_host and address.port is None:
        return endpoint_of(registry.login_host)
    if registry.is_alias(host) and address.port is None and (right := right_server(host)) != host:
        return endpoint_of(right or host)
    return endpoint_of(address.host, address.port)
