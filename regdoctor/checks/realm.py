"""May a credential go where a challenge asks for it?"""

from __future__ import annotations

import functools
from urllib.parse import urlsplit

from regdoctor.address import is_host, is_ip_address, is_loopback, normal_host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

    from regdoctor.address import Endpoint
    from regdoctor.challenge import Challenge
    from regdoctor.checks.case import Case
    from regdoctor.model import Finding
    from regdoctor.registries import Registry


_LENGTH = 200
"""Characters of a realm that a title has room for."""


def distrusted(case: Case, challenge: Challenge) -> Finding | None:
    """The finding where a challenge's realm does not deserve the credential.

    Of several realms in one challenge each has to: who reads them need not take the same one.
    """
    realms = tuple(value for name, value in challenge.parameters if name == "realm") or ("",)
    for realm in realms:
        why = distrust(realm, case.host.endpoint, case.registry)
        if why is not None:
            evidence = (f"realm: {realm or '(none)'}", why)
            named = {"realm": case.clean(realm[:_LENGTH])} if realm else {}
            return case.finding("realm-not-trusted", evidence=evidence, facts=named)
    return None


def distrust(realm: str, registry_host: Endpoint, registry: Registry) -> str | None:
    """Why a credential must not be sent to a realm; None where it may.

    It may go to the registry's own host, to a host of the same site, or from a vendor's registry to a host
    that this vendor is known to use; over HTTPS, or on this machine itself.
    """
    if not realm.isascii() or not realm.isprintable() or " " in realm:
        return "the address that the registry gives for tokens cannot be read"
    try:
        parts = urlsplit(realm)
        host = normal_host(parts.hostname or "")
        if parts.port == 0:
            return "the address that the registry gives for tokens has no port"
    except (ValueError, UnicodeError):
        return "the address that the registry gives for tokens cannot be read"
    if not is_host(host) and not is_ip_address(host):
        return "the registry names no host for tokens"
    if parts.username is not None:
        return "the address that the registry gives for tokens holds a user name"
    if parts.scheme == "http":
        if not (is_loopback(host) and registry_host.loopback):
            return "the password would travel unencrypted"
    elif parts.scheme != "https":
        return f"tokens would come by {parts.scheme or 'no protocol'}"
    own = registry.is_login_host(registry_host.host) or registry_host.host == registry.login_host
    if host == registry_host.host or (own and registry.may_ask_for_token(host)):
        return None
    if is_loopback(host) and registry_host.loopback:
        return None
    shared = own and registry.own_realm_only
    if not shared and _site(host) == _site(registry_host.host):
        return None
    return f"{host} does not belong to {registry_host.host}"


def _site(host: str) -> str:
    """The part of a name that one owner registered (the public suffix list's "private" part included)."""
    if is_ip_address(host):
        return host
    return _public_suffixes().privatesuffix(host) or host


@functools.cache
def _public_suffixes() -> PublicSuffixList:
    """The list, read when a token host differs from its registry: that takes a tenth of a second."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
