"""Which registry a text speaks of."""

from __future__ import annotations

import functools
import re

from regdoctor.explain.context import GOING_ON, begun_in
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.registries import PLAIN, recognise, recognise_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LABEL = (
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?|[<{][a-z0-9_ .-]{1,40}[>}]|\$\{?[a-z_][a-z0-9_]{0,40}\}?"
    r"|\*{2,40}|#{2,40})"
)
"""A part of a host's name, or what somebody wrote in its place."""
_HOST = rf"(?:{_LABEL}\.){{1,8}}[a-z][a-z0-9-]{{1,20}}|localhost|(?:(?:\d|x){{1,3}}\.){{3}}(?:\d|x){{1,3}}"
_PORT = r"(:\d{1,5})?"
_URL = r"https?://(?:[^\s/@\"']{1,200}@)?([^\s/:@\"'%]{1,200}|\[[0-9a-f:.]{2,45}\])" + _PORT
_GIVING = r":?(?:/\S{0,300}[?&](?:service|scope)=|/(?:v2/)?token\b|/jwt/auth)"
"""Where tokens are given out: a host beside the registry's own."""
_START = r"(?<![\w./@-])"
_GIVEN_OUT = regex(_GIVING)
_PLACES = (
    regex(rf"\b(?:get|head|post|put|patch|request to|connect(?:ing)? to|key):? \W{{0,3}}{_URL}"),
    regex(rf"(?<!\+docker://){_URL}(?=/v[12]/)"),
    regex(r"connectionpool\(host='([^']{1,200})'(?:, port=(?!443|80)(\d{1,5}))?"),
    regex(rf"(?:lookup|enotfound|eai_again|resolve host:?) ({_HOST})()\b"),
    regex(
        r"(?:docker login(?: -[up] \S{1,200}| --?[a-z-]{1,20}(?:=\S{1,200})?){0,4}"
        r"|logging (?:in|into)(?: to)?|login to|insecure-registry|\bregistry:|serveraddress\W{1,5})"
        rf" (?:https?://)?({_HOST}){_PORT}"
    ),
    regex(rf"(?:{_START}|(?<=://)(?<!docker://))({_HOST}){_PORT}(?=/[a-z0-9*#<{{$])"),
    regex(rf"{_START}((?:[a-z][a-z0-9_-]{{0,60}}|\[[0-9a-f:]{{2,45}}\]))(:\d{{2,5}})(?=/[a-z0-9*<{{$])"),
)
"""Where a registry's host stands, from the surest place to the least."""
_GIVERS = regex(rf"{_URL}(?={_GIVING})")
_ANYWHERE = regex(rf"(?<![\w.-])({_HOST}){_PORT}(?![\w-])")
"""Where only the host of a known registry is one."""
_ARN = regex(r"arn:aws(-cn)?:ecr:([a-z0-9-]{5,25}):(\d{12}):repository/")
"""A repository of ECR, in the words of AWS's policies."""
_STAND_IN = regex(r"[<{][^.>}]{1,40}[>}]|\$\{?\w{1,40}\}?|[*#]{2,40}|_")
"""What somebody wrote in the place of a name."""
_SERVANTS = regex(
    r"(?P<dockerhub>auth\.docker\.io|production\.[a-z]{1,20}\.docker\.com|docker-images-prod\..*)"
    r"|(?P<ghcr>pkg-containers\.githubusercontent\.com|containers\.pkg\.github\.com)"
    r"|(?P<quay>.{1,40}\.quay\.io|quayio-.*)|(?P<ecr>.*starport-layer-bucket.*)"
    r"|(?P<ecr_public>api\.ecr-public\..*)|(?P<redhat>sso\.redhat\.com)|(?P<gitlab>.*\.gitlab-static\.net)"
    r"|(?P<gcr>[a-z]{1,20}\.gcr\.io)"
    r"|(?P<acr>login\.microsoftonline\.com)|(?P<alibaba>dockerauth\..*\.aliyuncs\.com)"
)
"""Hosts that keep a registry's layers or give out its tokens."""

_NO_REGISTRY = regex(
    r"(docs|help|support|www|type|developers?|access|java|learn|blog|status|portal|console|pkg\.go|schemas?)\..*"
    r"|aka\.ms|(api\.)?github\.com|cloud\.ibm\.com"
    r"|(artifact|container)registry\.googleapis\.com|cloud\.google\.com|(accounts|oauth2)\.google(apis)?\.com|go\.dev|golang\.org"
    r"|.*\.(go|py|js|ts|rb|java|json|ya?ml|sh|md|txt|log|service|sock|exe|conf|toml|lock|rs|cs|dll|so|pem|crt)"
)
"""Hosts of documentation, and names that only look like hosts."""

_UNHOSTED = (
    r"(?!localhost[:/])(?:[a-z0-9][a-z0-9_-]{0,60}/[a-z0-9][\w.-]{0,80}|[a-z0-9][\w.-]{0,80}(?!/))"
    r"(?::\w[\w.-]{0,100})?(?:@sha256:[0-9a-f]{6,64})?(?![\w/-]|[.:]\w)"
)
"""An image's name without a host: Docker means its own registry."""
_OPTIONS = (
    r"(?: (?:-(?:it?|ti?|d|q|a)|--[a-z-]{1,30}(?:=\S{1,200})?"
    r"|(?:-[vepuwhl]|--(?:name|network|volume|env|env-file|publish|user|platform|entrypoint|restart|mount|label))"
    r" \S{1,200})){0,12}"
)
_OF_DOCKER_HUB = regex(
    rf"(?:\bdocker(?: image)? (?:pull|push|run|create){_OPTIONS} |unable to find image '"
    r"|pull access denied for|\bmanifest for|pull(?:ing)? image:? [\"']|pulling docker image"
    r"|trying to pull repository|docker executor with image|error pulling image \("
    r"|pulling [\w.-]{1,60} \(|^(?:step \d{1,3}/\d{1,3} ?: ?)?from"
    rf"|push refers to (?:a )?repository \[) ?[\"']?{_UNHOSTED}(?! (?:from|is|was|has|failed|with|not) )"
    r"|docker hub|docker\.com/increase-rate-limit|hub\.docker\.com|your pull rate limit|with your docker id"
    r"|\bdocker login(?: -[up] \S{1,200}| --password-stdin){0,3}\s{0,2}$"
)
"""Words that name no host, where Docker means its own."""

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (registry, regex(words))
    for registry, words in (
        (
            "ecr-public",
            r"\becr-public[.:/]|\bpublic ecr\b|registry-type: public|only supported in us-east-1"
            r"|getservicebearertoken",
        ),
        (
            "ecr",
            r"\becr\b(?![/-]public)|getauthorizationtoken|ecr get-login|get-login-password"
            r"|ecr-login|aws authorization token"
            r"|in the registry with id|elastic container registry|\bdkr[.-]ecr|\becr_",
        ),
        ("gar", r"artifactregistry\.|artifact registry|[a-z]-docker\.pkg"),
        (
            "gcr",
            r"storage\.(buckets|objects)\.|google\.com/container-registry|google container registry"
            r"|containerregistry\.googleapis|container registry is deprecated|\bgcr[._]"
            r"|docker-credential-gc(r|loud)",
        ),
        ("github-packages", r"docker\.pkg\.github"),
        (
            "ghcr",
            r"github packages service|permission_denied: [a-z]{4,8}_package|organization package|\bghcr\b"
            r"|match expected scopes|cannot be authenticated with the token|manage codespaces access",
        ),
        (
            "acr",
            r"\baadsts|aka\.ms/acr|\baz acr\b|azure container regist|clientid or client secret|azurecr"
            r"|client id must be guid|registered with aad|microsoft\.containerregistry"
            r"|connectivity_[a-z_]{3,30}_error|aad authorization tokens|admin user is disabled|acrpull",
        ),
        ("quay", r"\bquay\b|robot with (username|specified)|does not match robot|unencrypted passwords is"),
        (
            "gitlab",
            r"\bgitlab(?![ -]runner)|\bci_registry|/jwt/auth|http basic: access denied"
            r"|denied: access forbidden",
        ),
        (
            "harbor",
            r"\bharbor|/service/token|to access repository: "
            r"|\[/(core|server|pkg|common|lib|controller)/\S{1,80}\.go:\d",
        ),
        ("artifactory", r"artifactory|\bjfrog|xray policy|permission for manifest"),
        ("nexus", r"\bnexus|sonatype"),
        ("redhat", r"red hat registry|registry\.redhat|registryauthentication"),
        ("ocir", r"\bocir\b|allowed read access on public repos"),
        ("icr", r"cloud\.ibm\.com/docs/registry|\b(ibmcloud|bx) cr\b|pull traffic quota|iamapikey"),
        ("digitalocean", r"digitalocean|\bdoctl\b|repositories, limit is"),
        ("alibaba", r"aliyun|alibaba"),
        ("scaleway", r"\bscaleway|\bscw_"),
        (
            "dockerhub",
            r"docker[ _-]?hub|for username or ip address|pull rate limit|personal access token to log"
            r"|(access|personal) token has insufficient|org(anization)? access token",
        ),
    )
)
"""Words by which a registry is known where no host is named: its vendor's, and those of its own programs."""
_OWN_HOSTS = ("gitlab", "harbor", "artifactory", "nexus", "quay")
"""Registries that people run under names of their own."""
_REALM = regex(
    r"(https?://[^\s\"'?]{1,300})\?[^\s\"']{0,600}?service=([^&\s\"']{1,200})|realm=\"?([^\",]{1,200})"
)
"""Where a token was asked for."""

_HIDDEN = regex(r"\*{3,}|[<{]{1,2}[^<>{}.]{1,80}[>}]{1,2}|\*[^*.]{1,40}\*|\$\{?\w{1,60}\}?")
"""What stands in the place of a whole host: a mask, a variable, or what a person wrote there."""
MASK = regex(r"\*{3,}(?=/|:\d|\b|\s|$)")
"""A secret's value in a log of Codespaces or Actions."""


_AROUND = 6
"""Lines around a failure whose words tell the registry."""


class Speaker(Record):
    """The registry that a line speaks of."""

    registry: str
    """Its id; `other` where nothing tells."""
    host: str | None = None


NOBODY = Speaker(PLAIN.id)


@functools.lru_cache(512)
def speaker_in(lower: str) -> Speaker | None:
    """The registry that some lines name, if they do."""
    for place in (*_PLACES, _GIVERS):
        named = [
            match
            for match in place.finditer(lower)
            if _may_be_one(match[1]) and (place is _GIVERS or not _GIVEN_OUT.match(lower, match.end()))
        ]
        if named:
            # Of several requests in one message, the last is the one that failed.
            match = named[-1 if place is _PLACES[0] else 0]
            return Speaker(_vendor(match[1]), match[1] + _port(match))
    for match in _ANYWHERE.finditer(lower):
        vendor = _vendor(match[1])
        if vendor != PLAIN.id and _may_be_one(match[1]):
            return Speaker(vendor, match[1] + _port(match))
    if arn := _ARN.search(lower):
        china = ".cn" if arn[1] else ""
        return Speaker("ecr", f"{arn[3]}.dkr.ecr.{arn[2]}.amazonaws.com{china}")
    if _OF_DOCKER_HUB.search(lower):
        return Speaker("dockerhub", "docker.io")
    return None


def _may_be_one(host: str) -> bool:
    return not _NO_REGISTRY.fullmatch(host) and not _HIDDEN.fullmatch(host)


def _port(match: re.Match[str]) -> str:
    return f":{(match[2] or '').lstrip(':')}" if match[2] else ""


@functools.lru_cache(512)
def _vendor(host: str) -> str:
    """The registry of a host, or of one that serves it; what stands in for a name counts as one."""
    name = _STAND_IN.sub("x", host)
    known = recognise(name)
    if known is not PLAIN:
        return known.id
    serves = _SERVANTS.fullmatch(name)
    return (serves.lastgroup or "").replace("_", "-") if serves else PLAIN.id


def masked_speaker(lower: str, servers: Mapping[str, str]) -> Speaker | None:
    """The registry behind a masked value, where one set alone can be meant; `servers` by identifier."""
    if not servers or not re.search(r"\*{3,}/", lower):
        return None
    hosts = {server.lower() for server in servers.values()}
    if len(hosts) != 1:
        return None
    host = hosts.pop()
    return Speaker(recognise(host.partition(":")[0]).id, host)


def nearest(lowers: Sequence[str], at: int, servers: Mapping[str, str], reach: int = 15) -> Speaker:
    """The registry that the line at an index speaks of: named there, or else in a line nearby."""
    for index in _nearby(at, len(lowers), reach):
        found = speaker_in(lowers[index]) or masked_speaker(lowers[index], servers)
        if found is not None:
            return _with_words(found, lowers, at, index == at)
    words = _by_words(lowers, at)
    return Speaker(words, "docker.io" if words == "dockerhub" else None) if words else _begun(lowers, at)


def _begun(lowers: Sequence[str], at: int) -> Speaker:
    """The registry of what was begun further above and still goes on."""
    for index in range(at, max(-1, at - GOING_ON), -1):
        found = speaker_in(lowers[index]) if begun_in(lowers[index]) else None
        if found is not None:
            return found
    return NOBODY


def as_written(speaker: Speaker, texts: Sequence[str], at: int) -> Speaker:
    """The same, its host in the letters that the line at an index or one nearby has for it."""
    if speaker.host is not None:
        for index in _nearby(at, len(texts), GOING_ON):
            place = texts[index].lower().find(speaker.host)
            if place >= 0:
                return speaker.but(host=texts[index][place : place + len(speaker.host)])
    return speaker


def _with_words(found: Speaker, lowers: Sequence[str], at: int, here: bool) -> Speaker:
    """What words tell of a host that tells nothing by itself, or of a line that does not name it."""
    if found.registry == PLAIN.id:
        words = _by_words(lowers, at)
        return found.but(registry=words) if words in _OWN_HOSTS else found
    words = None if here else _in_words(lowers[at])
    if words is None or words in (found.registry, *_RELATED.get(found.registry, ())):
        return found
    return Speaker(words)


_RELATED = {"ghcr": ("github-packages",), "github-packages": ("ghcr",), "gcr": ("gar",), "gar": ("gcr",)}
"""Registries of one vendor, whose words are the same."""


def _by_words(lowers: Sequence[str], at: int) -> str | None:
    """The registry that the words of a line, or of those around it, give away."""
    for index in _nearby(at, len(lowers), _AROUND):
        registry = _in_words(lowers[index])
        if registry is not None:
            return registry
    return None


@functools.lru_cache(512)
def _in_words(lower: str) -> str | None:
    for match in _REALM.finditer(lower):
        asked = [(match[1] or match[3] or "", match[2] or "")]
        registry = recognise_answer(asked)
        if registry is not PLAIN:
            return registry.id
    return next((registry for registry, words in _WORDS if words.search(lower)), None)


def _nearby(at: int, count: int, reach: int) -> Iterable[int]:
    yield at
    for distance in range(1, reach + 1):
        if at - distance >= 0:
            yield at - distance
        if at + distance < count and distance <= 5:
            yield at + distance
