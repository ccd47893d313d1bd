"""Owns putting a set of secrets before scripted vendors: what it meets there, and what became of it."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import itertools
import json
import re
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regdoctor.model import PARTS, Report, SetResult, variable_name
from regdoctor.secret import WINDOW
from regdoctor.settings import Settings
from tests.lab import handlers
from tests.lab.aws import NO_POLICY, Ecr, EcrPublicRegistry, EcrRegistry, Key, Token
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.vendors.desk import Desk, knowing
from tests.lab.vendors.vendor import ALPHANUMERIC, HEX, UPPER, Vendor, json_web_token, made_up
from tests.live.running import diagnose
from tests.unit.support import rendered

ACCOUNT, OTHER_ACCOUNT = "123456789012", "999999999999"
ECR_HOST = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
MINUTE, HOUR, DAY = 60, 3600, 86400
MARGIN = 30
"""Seconds by which a moment misses a full minute, hour or day, so that no second changes its name."""


# Vendors that the lab has parts of


class Aws(Vendor):
    """A registry of AWS with the API that makes its tokens, both served by one `Ecr`."""

    def __init__(
        self, authority: Authority, host: str, hosts: Mapping[str, Handler], ecr: Ecr, key: Key, token: Token
    ) -> None:
        self.ecr = ecr
        self.service = token.service
        pairs = {"key": (key.id, key.secret), "token": ("AWS", token.password)}
        super().__init__(authority, host, hosts, pairs, wrong=made_up(40))

    def token(self, lifetime: float = 8 * DAY, region: str = "us-east-1") -> str:
        """A token that the registry knows."""
        return self.ecr.issue(ACCOUNT, region, lifetime, self.service).password

    def token_without_an_end(self) -> str:
        """A token that has expired by the registry's clock and does not say so itself."""
        known = self.ecr.issue(ACCOUNT, "us-east-1", -HOUR, self.service)
        content = json.loads(base64.b64decode(known.password))
        del content["expiration"]
        password = base64.b64encode(json.dumps(content, separators=(",", ":")).encode()).decode()
        self.ecr.tokens[password] = dataclasses.replace(known, password=password)
        return password


def ecr(
    authority: Authority,
    host: str = ECR_HOST,
    *,
    regions: Sequence[str] | None = None,
    accounts: Sequence[str] | None = None,
    known: bool = True,
    denied: tuple[str, ...] = (),
    denial: str = NO_POLICY,
    expired_key: bool = False,
    expired: Answer | None = None,
    clock_offset: float = 0,
    unavailable: Answer | None = None,
) -> Aws:
    """A private registry of ECR; the set's key is unknown to AWS unless it is `known`."""
    region = api_of(host).split(".")[-4 if host.endswith(".cn") else -3]
    key = _key(denied, denial, expired_key)
    api = Ecr(
        [key] if known else [],
        regions=(region,) if regions is None else regions,
        clock_offset_seconds=clock_offset,
        unavailable=unavailable,
    )
    hosts: dict[str, Handler] = {
        host: EcrRegistry(host, api, accounts, expired=expired),
        api_of(host): api,
    }
    return Aws(authority, host, hosts, api, key, api.issue(ACCOUNT, region, 8 * DAY))


def api_of(host: str) -> str:
    """The host of the API that makes tokens for a host of ECR, by botocore's own rules for endpoints."""
    parts = re.fullmatch(r"\d+\.dkr([.-])ecr(-fips)?\.([a-z0-9-]+)\.(.+)", host)
    assert parts is not None
    joint, fips, region, domain = parts.groups()
    if joint == "-":
        return f"ecr{fips or ''}.{region}.api.aws"
    return f"api.ecr{fips or ''}.{region}.{domain}"


def ecr_public(
    authority: Authority,
    *,
    known: bool = True,
    denied: tuple[str, ...] = (),
    denial: str = NO_POLICY,
    expired_key: bool = False,
    clock_offset: float = 0,
    unavailable: Answer | None = None,
) -> Aws:
    """ECR Public."""
    host, service = "public.ecr.aws", "ecr-public"
    key = _key(denied, denial, expired_key)
    api = Ecr([key] if known else [], clock_offset_seconds=clock_offset, unavailable=unavailable)
    hosts: dict[str, Handler] = {host: EcrPublicRegistry(api), "api.ecr-public.us-east-1.amazonaws.com": api}
    return Aws(authority, host, hosts, api, key, api.issue(ACCOUNT, "us-east-1", 8 * DAY, service))


def _key(denied: tuple[str, ...], denial: str, expired: bool) -> Key:
    return Key("AKIA" + made_up(16, UPPER), made_up(38) + "4z", denied=denied, denial=denial, expired=expired)


def basic(
    authority: Authority,
    host: str = "registry.example.com",
    *,
    realm: str = "lab",
    pair: tuple[str, str] | None = None,
    refusal: Answer | None = None,
) -> Vendor:
    """A registry with Basic authentication, of nobody's make unless its realm says so."""
    user, password = pair or ("octopuller", made_up(24))
    handler = handlers.basic({user: password}, realm=realm, refusal=refusal)
    return Vendor(authority, host, {host: handler}, {"account": (user, password)}, wrong=made_up(24))


def bearer(
    authority: Authority,
    host: str,
    *,
    realm: str,
    pair: tuple[str, str],
    service: str = "lab",
    refusal: Answer | None = None,
) -> Vendor:
    """A registry with a token service, which takes the pair, or has one answer to every credential."""
    judge = knowing({"": pair}, NOBODY) if refusal is None else lambda *_: refusal
    desk = Desk(realm, service, judge, anonymous="never")
    return Vendor(authority, host, desk.hosts(host), {"account": pair}, wrong=made_up(24))


def door(authority: Authority, host: str = "registry.example.com", *, answer: Answer) -> Vendor:
    """A registry that gives everybody one answer, before it asks for a credential."""
    pairs = {"account": ("octopuller", made_up(24))}
    return Vendor(authority, host, {host: handlers.always(answer)}, pairs, wrong=made_up(24))


NOBODY = handlers.error(401, "UNAUTHORIZED", "authentication required")


# Credentials


def web_token(lifetime: float, **claims: Any) -> str:
    """A JWT that ends so many seconds from now, or has ended."""
    now = int(time.time())
    times = {"nbf": now - 100 * DAY, "iat": now - 100 * DAY, "exp": int(now + lifetime)}
    return json_web_token({**times, **claims})


FOREIGN: dict[str, Callable[[], str]] = {
    "github": lambda: "ghp_" + made_up(36),
    "fine-grained": lambda: "github_pat_" + made_up(82, ALPHANUMERIC),
    "docker": lambda: "dckr_pat_" + made_up(27),
    "gitlab": lambda: "glpat-" + made_up(20),
    "gitlab of another purpose": lambda: "glrt-" + made_up(20),
    "digitalocean": lambda: "dop_v1_" + made_up(64, HEX),
    "google api key": lambda: "AIza" + made_up(35),
    "google": lambda: "ya29." + made_up(200),
    "npm": lambda: "npm_" + made_up(36),
    "pem": lambda: "-----BEGIN PRIVATE KEY-----\n" + made_up(200) + "\n-----END PRIVATE KEY-----\n",
}
"""Credentials of one vendor each, known by their form."""


# Sets before vendors

Value = str | Callable[[Any], str] | None
"""A value of a set: as it is, or taken from the vendor; None is the vendor's own."""

MISSING = "\0"
"""The value of a variable that is not there."""

Making = Callable[..., Vendor]
Beside = Callable[[Authority, Vendor], Vendor]


@dataclass(frozen=True)
class Place:
    """A vendor in some state, and the values of the set that differ from those that work there."""

    vendor: Making
    options: Mapping[str, Any] = field(default_factory=dict)
    server: Value = None
    user: Value = None
    password: Value = None
    beside: Beside | None = None
    """Another vendor that can be reached in the same run."""
    absent: str = ""
    """A pattern of host names that have no address."""


def at(
    vendor: Making,
    *,
    server: Value = None,
    user: Value = None,
    password: Value = None,
    beside: Beside | None = None,
    absent: str = "",
    **options: Any,
) -> Place:
    """A place, with what differs and how the vendor is made."""
    return Place(vendor, options, server, user, password, beside, absent)


def wrong(vendor: Vendor) -> str:
    """A password of the right form that is refused."""
    return vendor.wrong


def pair(kind: str, part: int) -> Callable[[Vendor], str]:
    """A value of another pair that the vendor takes."""
    return lambda vendor: vendor.pairs[kind][part]


@dataclass(frozen=True)
class Visit:
    """What became of a set at a place."""

    vendor: Vendor
    vendors: tuple[Vendor, ...]
    given: tuple[str, str, str]
    """Server, user and password."""
    report: Report

    @property
    def result(self) -> SetResult:
        (result,) = self.report.sets
        return result

    @property
    def requests(self) -> list[Request]:
        """All that any host was asked, by vendor and in order."""
        return [request for vendor in self.vendors for request in vendor.all_requests]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """Method, host and path of each request."""
        return [(request.method, host_of(request), request.path) for request in self.requests]

    @property
    def with_credentials(self) -> list[Request]:
        """The requests that carry a credential, of whatever kind."""
        return [request for request in self.requests if request.authorization or request.body]

    @property
    def logins(self) -> int:
        """How often a user and a password were sent to be logged in with."""
        return sum(request.basic is not None for request in self.requests)

    def hosts_that_saw(self, secret: str) -> set[str]:
        """The hosts that were told a secret, in whatever form."""
        return {host_of(request) for request in self.requests if carries(request, secret)}

    @property
    def secrets(self) -> set[str]:
        """What must not be shown: the set's credential, and all that was obtained for it on the way."""
        _, user, password = self.given
        sent = [request.basic[1] for request in self.requests if request.basic]
        tokens = [request.bearer for request in self.requests if request.bearer]
        users = {name for each in self.vendors for name, _ in each.pairs.values()}
        passwords = {secret for each in self.vendors for _, secret in each.pairs.values()}
        given = {password} - users | {user} & passwords
        return {part for value in (*given, *sent, *tokens) for part in secret_parts(value)}


def visit(
    place: Place, authority: Authority, *, identifier: str = "LAB", environ: Mapping[str, str] | None = None
) -> Visit:
    """A diagnosis of one set at a place."""
    with contextlib.ExitStack() as stack:
        vendor = stack.enter_context(place.vendor(authority, **place.options))
        vendors = [vendor]
        if place.beside is not None:
            vendors.append(stack.enter_context(place.beside(authority, vendor)))
        given = tuple(
            own if value is None else value if isinstance(value, str) else value(vendor)
            for own, value in (
                (vendor.server, place.server),
                (vendor.user, place.user),
                (vendor.password, place.password),
            )
        )
        names = [variable_name(identifier, part) for part in PARTS]
        variables = {name: value for name, value in zip(names, given, strict=True) if value != MISSING}
        overrides = tuple(override for each in vendors for override in each.overrides)
        if place.absent:
            overrides = tuple(each for each in overrides if not re.search(place.absent, each.host))
        settings = Settings(timeout=10.0, ca_file=authority.ca_file, overrides=overrides)
        report = diagnose(variables, settings, environ)
    server, user, password = given
    return Visit(vendor, tuple(vendors), (server, user, password), report)


def host_of(request: Request) -> str:
    """The host that a client meant."""
    return urllib.parse.urlsplit(request.base_url).hostname or ""


def carries(request: Request, secret: str) -> bool:
    """Whether a request holds a secret: in its headers, its address or its body, encoded or not."""
    pieces = [*request.headers.values(), request.path, str(request.query), request.body.decode("latin-1")]
    pieces += [urllib.parse.unquote_plus(piece) for piece in pieces]
    pieces += request.basic or ()
    encoded = base64.b64encode(secret.encode()).decode()
    return any(secret in piece or encoded in piece for piece in pieces)


# What is shown


def secret_parts(value: str) -> Iterator[str]:
    """The parts of a value that are secret: of a file those that are not in every such file."""
    if "{" in value or "-----" in value:
        yield from re.findall(r"[A-Za-z0-9+/]{40,}", value)
    else:
        yield value


def everything_shown(report: Report) -> str:
    """All that a report can be made to print."""
    return f"{rendered(report)}\n{report!r}"


def leaks(shown: str, secrets: Iterable[str]) -> list[str]:
    """The runs of eight characters of any secret that are to be seen."""
    windows = {shown[start : start + WINDOW] for start in range(len(shown) - WINDOW + 1)}
    found = []
    for secret in secrets:
        runs = (secret[start : start + WINDOW] for start in range(len(secret) - WINDOW + 1))
        found += [run for run in runs if run in windows]
    return found


# The table of causes and registries

CELL = "cell"
"""The property of a test that says which cell of the table it fills."""

SIGNS = {"passed": "✓", "xfailed": "x", "failed": "✗"}


def table(cells: Mapping[tuple[str, str], str], registries: Sequence[str]) -> Iterator[str]:
    """Causes by registries: the names of these stand upright above their columns."""
    causes = list(dict.fromkeys(cause for cause, _ in cells))
    width = max(map(len, causes))
    height = max(map(len, registries))
    for row in itertools.zip_longest(*(name.rjust(height) for name in registries)):
        yield " " * width + "  " + " ".join(row)
    for cause in causes:
        signs = (cells.get((cause, registry), "·") for registry in registries)
        yield f"{cause.ljust(width)}  {' '.join(signs)}"
