"""What is known of a registry: data and pure functions, no I/O."""

from __future__ import annotations

import re

from regdoctor.record import Record


class Registry(Record):
    """One vendor's registry, with what is true of it alone."""

    id: str
    """The id in the report, fixed by its schema."""
    name: str
    """The vendor's own name for it."""
    identifier: str
    """The identifier that a set for it is best given."""
    hosts: tuple[str, ...] = ()
    """Patterns of the host names to log in to, lower case, matched whole."""
    aliases: tuple[str, ...] = ()
    """Patterns of host names that belong to the vendor and are not the ones to log in to."""
    right_server: str | None = None
    """The one right server value, where all users share it."""
    accepted_servers: tuple[str, ...] = ()
    """Other values that work just as well."""
    login_host: str | None = None
    """The host that is really asked, where it differs from the server."""
    token_hosts: tuple[str, ...] = ()
    """Patterns of other hosts that this registry may send the credential to for a token."""
    own_realm_only: bool = False
    """Its domain is shared by its customers, so a neighbour's host is a stranger's."""
    realms: tuple[str, ...] = ()
    """Patterns that recognise it by the realm or the service of its challenge."""
    credential: str = "password or access token"
    """What it wants as password, in the vendor's words."""
    credential_page: str | None = None
    """Where such a credential is made."""
    documentation: str | None = None

    def is_login_host(self, host: str) -> bool:
        """Whether a host is one to log in to."""
        return _matches(self.hosts, host)

    def is_alias(self, host: str) -> bool:
        """Whether a host is the vendor's, but not one to log in to."""
        return _matches(self.aliases, host) and not self.is_login_host(host)

    def may_ask_for_token(self, host: str) -> bool:
        """Whether a host is known to hand out this registry's tokens."""
        return _matches(self.token_hosts, host)

    def has_challenge(self, realm: str, service: str) -> bool:
        """Whether a challenge is this registry's."""
        return any(re.search(pattern, text) for pattern in self.realms for text in (realm, service) if text)


def _matches(patterns: tuple[str, ...], host: str) -> bool:
    return any(re.fullmatch(pattern, host) for pattern in patterns)
