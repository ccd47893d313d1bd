"""What the lines around a failure tell of it: what it is about, and what was going on."""

from __future__ import annotations

import functools
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OF_IMAGES = re.compile(
    r"/v[12]/|/manifests/|error parsing http \d|unexpected http status|permission_denied: |platform image"
    r"|\"errors\": ?\[\{\"code\""
    r"|push status stream|docker (daemon|host)\b|docker.?registry"
    r"|/blobs/|[?&](service|scope)=|\bmanifests?\b|\bregistr(y|ies)\b"
    r"|error response from daemon|login attempt|imagepull|failed to (solve|push|pull|resolve)"
    r"|dockerd?\[\d|docker\.(io|errors|sock)|/docker/|http\+docker"
    r"|\bdocker[- ](pull|push|login|run|build|compose|search|image|registry)"
    r"|\b(pull|push)(ing|ed|s)?\b.{0,60}\b(image|layer|repository)|\bimages?\b.{0,40}\b(pull|push)"
    r"|\b(podman|skopeo|buildah|nerdctl|crictl|containerd|kubelet|buildkitd?|buildx|kaniko|crane|oras|jib)\b"
    r"|\b(harbor|artifactory|nexus|jfrog)\b|\b(ghcr|gcr|quay)\.io|\.azurecr\.|\bacr\b|pkg\.dev"
    r"|mcr\.microsoft\.com|\.dkr[.-]ecr|\becr\b|ecr(-public)?\.|getauthorizationtoken|get-login"
    r"|getcalleridentity|configure-aws-credentials"
)
"""Words that speak of images and registries, and of how AWS lets somebody in."""
_OF_PACKAGES = re.compile(
    r"registry\.(npmjs|yarnpkg)\.|npm (err|error|warn|http)|npm\.pkg\.github|pypi\.(org|python)"
    r"|pythonhosted\.org|\bpip\b|proxy\.golang\.org|sum\.golang\.org|repo\d?\.maven|maven\.(org|google)"
    r"|plugins\.gradle|rubygems\.org|crates\.io|packagist\.org|nuget\.org"
    r"|(archive|security|ports)\.ubuntu\.com|deb\.debian\.org|alpinelinux\.org|mirrorlist\.centos"
    r"|fedoraproject\.org|conda\.anaconda|raw\.githubusercontent|codeload\.github|https://github\.com"
    r"|git@github"
    r"|(localhost|127\.0\.0\.1|\[::1\]|postgres|mysql|redis|mongo|rabbitmq|kafka)\S{0,40}"
    r":(5432|3306|6379|27017|5672|9092|8080|3000|8000)\b"
)
"""Words that speak of other downloads and of other services."""

_BEFORE, _AFTER = 6, 2
"""Lines around a failure that tell what it is about."""
_WRAPPED = 40
"""Characters from which on a line may have been wrapped."""
_TERMINALS = range(60, 301)
"""Columns of terminals, which break a line in the midst of a word."""
_BROKEN = 40
"""Lines of a block up to which such breaks are looked at: more are the same line, again and again."""
_SEAM = 100
"""Characters before and behind a break."""

_CLIENT = r"(?<![\w'`./-])(?:docker|docker[ -]compose|podman|nerdctl|buildah|crane|oras)"
_STARTS = (
    (
        "push",
        ("push", "to upload"),
        re.compile(
            r"the push refers to|push status stream|(?:failed|unable) to upload"
            rf"|{_CLIENT}(?: image| manifest)? push\b"
            r"|(?:failed to|error|trying to|could not|cannot|unable to) push\b"
            r"|\bpushing (?:image|manifest|layer|blob|to|\S{1,200}[:/]\S)"
        ),
    ),
    ("login", ("login",), re.compile(rf"{_CLIENT} login\b|login attempt to")),
    (
        "pull",
        ("pull", " run", "/manifests/", "find image", "load metadata"),
        re.compile(
            rf"{_CLIENT}(?: image)? (?:pull|run)\b|: pulling from |\bpulling (?:image|from)\b"
            r"|(?:failed to|error|trying to|could not|cannot|unable to) pull\b"
            r"|unable to find image|/manifests/|load metadata for"
        ),
    ),
)
"""What begins a push, a login or a pull, in the words of clients and of their logs: some words, of which
one is always there, and the pattern."""
GOING_ON = 60
"""Lines up to which what has begun still goes on."""


class Context:
    """The lines of a block, as they are looked through; what they tell is found out once for each."""

    def __init__(self, lowers: Sequence[str], widths: Sequence[int], pasted: bool) -> None:
        """`widths` are those of the lines as they were written.

        A text that somebody `pasted` speaks of images and registries, unless it says otherwise.
        """
        self.lowers = lowers
        self._broken = _broken(widths)
        self._pasted = pasted
        self._of_images: dict[int, bool] = {}
        self._going_on: list[tuple[int, str]] = []
        self._unwrapped: dict[int, str] = {}

    def is_of_images(self, at: int) -> bool:
        """Whether the line at an index, or one close by, speaks of images and registries."""
        known = self._of_images.get(at)
        if known is None:
            known = self._of_images[at] = not _OF_PACKAGES.search(self.lowers[at]) and (
                self._pasted
                or any(map(speaks_of_images, self.lowers[max(0, at - _BEFORE) : at + _AFTER + 1]))
                or bool(self.going_on(at))
            )
        return known

    def going_on(self, at: int) -> str:
        """What was going on at the line at an index: push, pull or login, by the nearest line that tells."""
        while len(self._going_on) <= at:
            index = len(self._going_on)
            begun = begun_in(self.lowers[index])
            self._going_on.append((index, begun) if begun or not index else self._going_on[-1])
        since, what = self._going_on[at]
        return what if at - since < GOING_ON else ""

    def unwrapped(self, at: int) -> str:
        """The line at an index and its neighbours as one, where the text may have been wrapped."""
        known = self._unwrapped.get(at)
        if known is None:
            lines = self.lowers[max(0, at - 1) : at + 3]
            wrapped = max(map(len, lines)) >= _WRAPPED
            known = self._unwrapped[at] = " ".join(lines)[:4000] if wrapped else ""
        return known

    def is_in_the_next_line(self, words: str, at: int) -> bool:
        """Whether words are not in the line at an index, but whole in the next."""
        return words not in self.lowers[at] and words in self.lowers[min(at + 1, len(self.lowers) - 1)]

    def mended(self, at: int) -> str:
        """The line at an index and those that a terminal broke off from it, if it did."""
        if at not in self._broken:
            return ""
        first, last = at, at + 1
        while first - 1 in self._broken and at - first < 4:
            first -= 1
        while last in self._broken and last - at < 8:
            last += 1
        return "".join(self.lowers[first : last + 1])

    def seams(self) -> Iterator[tuple[int, str]]:
        """The words at each place where a terminal may have broken a line, by its index."""
        for at in sorted(self._broken):
            yield at, self.lowers[at][-_SEAM:] + self.lowers[at + 1][:_SEAM]


def _broken(widths: Sequence[int]) -> frozenset[int]:
    """The indices of the lines that are as long as the longest, as all are that a terminal breaks."""
    widest = max(widths)
    if widest not in _TERMINALS:
        return frozenset()
    full = [at for at, width in enumerate(widths[:-1]) if width == widest]
    return frozenset(full if len(full) <= _BROKEN else ())


@functools.lru_cache(512)
def speaks_of_images(lower: str) -> bool:
    """Whether a line itself speaks of images and registries."""
    return _OF_IMAGES.search(lower) is not None


@functools.lru_cache(512)
def begun_in(lower: str) -> str:
    """What a line begins, the last where there are several: push, pull or login, or nothing."""
    last, begun = -1, ""
    for what, words, pattern in _STARTS:
        if any(word in lower for word in words):
            for match in pattern.finditer(lower):
                if match.start() > last:
                    last, begun = match.start(), what
    return begun
