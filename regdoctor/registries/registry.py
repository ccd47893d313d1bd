"""What is known of a registry: data and pure functions, no I/O."""

from __future__ import annotations

import re

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.registries.judgement import Refusal, Trouble, Values

    Judge = Callable[[Values], tuple[Trouble, ...]]
    Reread = Callable[[Refusal, Values], tuple[Refusal, Trouble | None]]


class Exchange(Record):
    """Where an access key is exchanged for a token of a registry."""

    service: str
    region: str
    account: str | None = None
    fips: bool = False
    dual_stack: bool = False


class TokenFacts(Record):
    """What a vendor's API says of a token."""

    dead: bool = False
    """It does not know the token, or no longer."""
    owner: str | None = None
    scopes: tuple[str, ...] | None = None
    expires_at: int | None = None
    sign_on: str | None = None
    """What the organisation's single sign-on asks for."""
    words: str = ""


class TokenApi(Record):
    """A vendor's API that tells about a token: asked once for a token, at the host that belongs to it."""

    kinds: tuple[str, ...]
    """The kinds of token of which it can tell something."""
    host_of: Callable[[str], str]
    """The API's host, by the registry's."""
    path_of: Callable[[str], str]
    headers: tuple[tuple[str, str], ...]
    read: Callable[[int, Mapping[str, str], str], TokenFacts | None]
    """Status, headers (lower-case names) and body as facts; None where they say nothing."""
    weigh: Callable[[TokenFacts, Values, Refusal | None], tuple[Trouble, ...]]
    """What the facts mean, beside the registry's refusal or without one."""


class Hiding(Record):
    """That a registry answers alike where a repository is closed to the login and where it does not exist."""

    statuses: tuple[int, ...]
    """The answers of which it is so."""
    words: str
    """What the answer leaves open, and what would tell."""


BY_TOKENS = Hiding(
    (401, 403),
    "Such a registry hands out a token that opens less than was asked for, and says no more, whether the "
    "repository does not exist or is closed to the login. Its own pages, opened by somebody who can read the "
    "repository, tell which it is.",
)
"""https://distribution.github.io/distribution/spec/auth/token/: actions that are not permitted are left out
of the token, without an error."""


class Registry(Record):
    """One vendor's registry, with what is true of it alone."""

    id: str
    """The id in the report, fixed by its schema."""
    name: str
    """The vendor's own name for it."""
    identifier: str
    """The identifier that a set for it is best given."""
    recommended_identifier: str | None = None
    """The identifier that GitHub's documentation asks for, where it asks for one."""
    server_form: str = ""
    """How its server value looks, with what differs in <>, for those who have none yet."""
    hosts: tuple[str, ...] = ()
    """Patterns of the host names to log in to, lower case, matched whole."""
    aliases: tuple[str, ...] = ()
    """Patterns of host names that belong to the vendor and are not the ones to log in to."""
    right_server: str | None = None
    """The one right server value, where all users share it."""
    accepted_servers: tuple[str, ...] = ()
    """Other values that work just as well."""
    right_host: Callable[[str], str | None] = staticmethod(lambda host: None)
    """The host to log in to that an alias gives away, where it does."""
    judge_host: Callable[[str], Trouble | None] = staticmethod(lambda host: None)
    """What is wrong with a host of its own, where that says more than that it is an alias."""
    login_host: str | None = None
    """The host that is really asked, where it differs from the server."""
    replaced: tuple[tuple[str, str], ...] = ()
    """Patterns of hosts that are retired, and what replaced each."""
    token_hosts: tuple[str, ...] = ()
    """Patterns of other hosts that this registry may send the credential to for a token."""
    own_realm_only: bool = False
    """Its domain is shared by its customers, so a neighbour's host is a stranger's."""
    realms: tuple[str, ...] = ()
    """Patterns that recognise it by the realm or the service of its challenge."""
    headers: tuple[str, ...] = ()
    """Patterns that recognise it by a header of its answers, as "name: value" in lower case."""
    takes: tuple[str, ...] = ()
    """The kinds of credential with a form of their own that it takes."""
    takes_any: bool = False
    """Its users may have any text as password: it belongs to no vendor of tokens, or lets others log in."""
    users: tuple[tuple[str, str], ...] = ()
    """Kinds of credential and patterns of the user names that each goes with. The first one of a kind is a
    name itself, and the one to propose."""
    lifetimes: tuple[tuple[str, str], ...] = ()
    """Kinds of credential, or user names, that end soon by their nature, and when."""
    expired: str = "token-expired"
    """The cause that says that its token has expired."""
    absent: Callable[[str], Trouble | None] = staticmethod(lambda host: None)
    """What it means that a host of its own has no address, where that is more than a missing name."""
    judge: Judge = staticmethod(lambda values: ())
    """What its own rules find in a user name and a password."""
    reread: Reread = staticmethod(lambda refusal, values: (refusal, None))
    """What its refusal means for the values that were refused."""
    locks: str | None = None
    """What it does after failed logins, as it stands behind its name; None where no such thing is known."""
    hiding: Hiding | None = BY_TOKENS
    """How it hides what exists from those who may not read it; None where it does not."""
    reread_pull: Callable[[Refusal, Values], Refusal] = staticmethod(lambda refusal, values: refusal)
    """What its refusal of a repository means for a credential whose login it has just accepted."""
    exchange: Callable[[str], Exchange | None] = staticmethod(lambda host: None)
    """How access keys become tokens for a host, where they do."""
    token_api: TokenApi | None = None
    helpers: tuple[str, ...] = ()
    """Docker's credential helpers that hand out its credentials, whatever host they are asked for."""
    rate_repository: str | None = None
    """A repository whose manifests tell, on HEAD, how many pulls are left."""
    credential: str = "password or access token"
    """What it wants as password, in the vendor's words."""
    credential_page: str | None = None
    """Where such a credential is made."""
    site: Callable[[str], str | None] = staticmethod(lambda host: None)
    """The web site of a registry's host, where the page above is that of one site of many."""
    documentation: str | None = None

    def is_login_host(self, host: str) -> bool:
        """Whether a host is one to log in to."""
        return _matches(self.hosts, host)

    def is_alias(self, host: str) -> bool:
        """Whether a host is the vendor's, but not one to log in to."""
        return _matches(self.aliases, host) and not self.is_login_host(host)

    def replacement_of(self, host: str) -> str | None:
        """What replaced a host that is retired."""
        return next((to for pattern, to in self.replaced if re.fullmatch(pattern, host)), None)

    def may_ask_for_token(self, host: str) -> bool:
        """Whether a host is known to hand out this registry's tokens."""
        return _matches(self.token_hosts, host)

    def has_challenge(self, realm: str, service: str) -> bool:
        """Whether a challenge is this registry's."""
        return any(re.search(pattern, text) for pattern in self.realms for text in (realm, service) if text)

    def has_header(self, header: str) -> bool:
        """Whether a header, "name: value", gives this registry away."""
        return any(re.match(pattern, header.lower()) for pattern in self.headers)

    def users_of(self, kind: str) -> tuple[str, ...]:
        """Patterns of the user names that a kind of credential goes with; none where any will do."""
        return tuple(user for known, user in self.users if known == kind)

    def page_for(self, host: str) -> str | None:
        """Where a credential for a host is made."""
        page = self.credential_page
        if page is None or "{site}" not in page:
            return page
        site = self.site(host)
        return None if site is None else page.format(site=site)


def _matches(patterns: tuple[str, ...], host: str) -> bool:
    return any(re.fullmatch(pattern, host) for pattern in patterns)
