"""May this image be pulled? Asked as docker asks, without pulling.

A token for the repository, the manifest, and one byte of its smallest layer from wherever the registry has
it (https://distribution.github.io/distribution/spec/api/).

A registry that counts manifests as pulls, as Docker Hub does (https://docs.docker.com/docker-hub/usage/pulls/),
is asked by HEAD, which it does not count; by GET only where that is refused, to hear why, or names an index,
whose platforms have to be read.
"""

from __future__ import annotations

import time

from regdoctor.address import Endpoint
from regdoctor.checks import dns, login, registry, tcp, tls
from regdoctor.checks.case import PULL, Outcome
from regdoctor.checks.pull_rate import rate_in
from regdoctor.checks.pull_refusal import at_its_name, refused, told_of
from regdoctor.checks.repository import REDIRECTING, Repository, no_login
from regdoctor.checks.value import expiry, judge_values
from regdoctor.manifest import ACCEPT, INDEXES, read_config, read_manifest
from regdoctor.model import SEVERITIES, CheckResult, ImageResult
from regdoctor.platforms import read_platform
from regdoctor.probes.failure import ProbeFailure
from regdoctor.reference import fault_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from regdoctor.checks.case import Case
    from regdoctor.checks.pull_case import PullCase
    from regdoctor.checks.pull_refusal import Wanted
    from regdoctor.checks.repository import Answer
    from regdoctor.manifest import Manifest
    from regdoctor.model import Finding, Severity
    from regdoctor.probes.http import Response

_NETWORK: tuple[tuple[str, Callable[[Case], Outcome]], ...] = (
    (dns.NAME, dns.check),
    (tcp.NAME, tcp.check),
    (tls.NAME, tls.check),
    (registry.NAME, registry.look),
)
_MANIFEST_BYTES = 12 << 10
"""Enough for fifty layers or platforms; what is longer is read as far as it goes."""
_SHORT = 4 << 10
"""Enough to see some layer of an image."""
_CONFIG_BYTES = 10 << 10


class _Stopped(Exception):
    """The image cannot be pulled, or it is not known: why is the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.cause)
        self.finding = finding


def check(case: PullCase) -> ImageResult:
    """All that there is to say of an image, and how each check of it ended."""
    if case.reference is None or case.endpoint is None:
        return _misnamed(case)
    if reason := _why_not_asked(case):
        checks = (CheckResult(PULL, "skipped", reason=reason),)
        return ImageResult(case.image, case.claim.set_id, checks=checks, findings=_of_the_set(case))
    return _Asking(case).run()


def _misnamed(case: PullCase) -> ImageResult:
    why = fault_of(case.image.reference) or "begins with something that is no host name"
    found = case.finding("invalid-reference", evidence=(f"the name {why}",))
    found = at_its_name(case, found)
    checks = (CheckResult(PULL, "error", findings=(found,)),)
    return ImageResult(case.image, case.claim.set_id, checks=checks, findings=(found,))


def _why_not_asked(case: PullCase) -> str | None:
    if case.settings.offline:
        return "--offline"
    if case.settings.engine == "docker":
        return "--engine docker: the Engine alone logs in"
    failed = _of_the_set(case)
    return f"set {case.claim.set_id}: {failed[0].cause}" if failed else None


def _of_the_set(case: PullCase) -> tuple[Finding, ...]:
    """Why the login of the set failed whose credential the pull would use. Docker sends it for public images,
    too, and is refused them."""
    result = case.set_result
    if result is None or result.proved:
        return ()
    return tuple(finding for finding in result.findings if finding.severity == "error")


def _unfit(case: PullCase) -> tuple[Finding, ...]:
    """Why a credential is not to be sent at all: it has expired, or is of a kind that is never taken."""
    ends = case.values.credential.expires_at
    found = [] if ends is None else expiry(case, ends, "the token itself says")
    if case.identity_token is None:
        found += judge_values(case, case.values)
    return tuple(finding for finding in found if finding.severity == "error")


class _Asking:
    """One image being asked for."""

    def __init__(self, case: PullCase) -> None:
        self.case = case
        self.repository = Repository(case)
        self.granted = False
        """The registry has shown the manifest, or that it would."""
        self._checks: list[CheckResult] = []
        self._of_the_login: tuple[Finding, ...] = ()

    def run(self) -> ImageResult:
        case, failed = self.case, ""
        for title, ask in _NETWORK:
            failed = failed or self._ask(title, ask)
        if not failed and (reason := no_login(case)):
            self._checks.append(CheckResult(login.NAME, "skipped", reason=reason))
        else:
            failed = failed or self._ask(login.NAME, self._log_in)
        if failed:
            self._checks.append(CheckResult(PULL, "skipped", reason=f"{failed} failed"))
        else:
            self._ask(PULL, lambda _: self._pull())
        findings = [finding for each in self._checks for finding in each.findings]
        findings.sort(key=lambda finding: -SEVERITIES.index(finding.severity))
        return ImageResult(case.image, case.claim.set_id, self.granted, tuple(self._checks), tuple(findings))

    def _log_in(self, case: Case) -> Outcome:
        """Log in, unless docker's own credential is useless by its form; a set's was judged before."""
        if self.case.claim.set_id is None and (unfit := _unfit(self.case)):
            return Outcome("error", findings=unfit)
        return login.check(case)

    def _ask(self, title: str, ask: Callable[[Case], Outcome]) -> str:
        """Ask one check; its name, if it failed."""
        start = time.perf_counter()
        outcome = ask(self.case)
        failed = outcome.status == "error"
        if title != PULL and not failed:
            # What there is to say of a login that works is said of its set; docker's own has only this.
            self._of_the_login = outcome.findings if title == login.NAME else ()
            soon = [found for found in self._of_the_login if found.cause == "credential-expires-soon"]
            outcome = outcome.but(findings=() if self.case.claim.set_id else tuple(soon))
        findings = tuple(told_of(self.case, found) for found in outcome.findings)
        elapsed = round((time.perf_counter() - start) * 1000, 1)
        self._checks.append(
            CheckResult(title, outcome.status, elapsed, outcome.detail, outcome.reason, findings=findings)
        )
        return title if failed else ""

    def _pull(self) -> Outcome:
        try:
            return Outcome("ok", detail=self.case.clean("; ".join(self._established())))
        except ProbeFailure as failure:
            return self.case.failed(failure)
        except _Stopped as stopped:
            severity = stopped.finding.severity
            return Outcome("warning" if severity == "warning" else "error", findings=(stopped.finding,))

    def _established(self) -> list[str]:
        """What is known of an image that can be pulled. Raises `ProbeFailure` and `_Stopped`."""
        self._admit()
        counted = self._by_head() if self.case.registry.rate_repository is not None else None
        if counted is not None:
            return counted
        reference = self.case.reference
        assert reference is not None
        manifest = self._manifest(reference.version, _MANIFEST_BYTES)
        if not manifest.is_index:
            storage = self._storage(manifest)
            return [*self._platform_of(manifest), *storage]
        told, digest = self._chosen(manifest)
        return [told, *(self._storage(self._manifest(digest, _SHORT)) if digest else ())]

    def _admit(self) -> None:
        # Who is asked for a token was judged by the login; where there is none, nothing secret is sent.
        case = self.case
        refusal = self.repository.admit()
        if refusal is None:
            return
        if refusal.response.status == 200:
            evidence = (f"{refusal.asked} answered, and there is no token in the answer",)
            raise _Stopped(case.finding("not-a-registry", evidence=evidence, host=case.peer(refusal.asked)))
        raise _Stopped(self._refused(refusal.response, refusal.asked, "token"))

    def _by_head(self) -> list[str] | None:
        """What HEAD tells, if that is enough: an index has to be read, and a refusal says why only to GET."""
        assert self.case.reference is not None
        answer = self.repository.manifest(self.case.reference.version, ACCEPT, method="HEAD", most=1)
        response = answer.response
        if response.status == 429 or response.status >= 500:
            raise _Stopped(self._refused(response, answer.host.authority))
        if response.status != 200:
            return None
        rate = rate_in(response)
        if rate is not None and rate.remaining <= 0:
            words = rate.in_words()
            raise _Stopped(
                self.case.finding("rate-limited", evidence=(words,), severity="error", words=words)
            )
        self.granted = True
        kind = (response.header("content-type") or "").partition(";")[0].strip()
        if kind in INDEXES and not self.case.image.is_feature:
            return None
        left = [rate.in_words()] if rate else []
        return ["the manifest is there", *left, "asked by HEAD, which does not count as a pull"]

    def _manifest(self, version: str, most: int) -> Manifest:
        answer = self.repository.manifest(version, ACCEPT, most=most)
        response = answer.response
        if response.status != 200:
            raise _Stopped(self._refused(response, answer.host.authority))
        manifest = read_manifest(answer.text, cut=response.cut)
        if manifest is None:
            raise _Stopped(self._not_a_manifest(answer))
        self.granted = True
        return manifest

    def _chosen(self, index: Manifest) -> tuple[str, str | None]:
        """What an index has for this machine: in words, and its digest."""
        machine = read_platform(self.case.platform)
        several = f"an index of {len(index.entries)} images"
        if self.case.image.is_feature or machine is None:
            return several, index.entries[0].digest if index.entries else None
        entry = index.entry_for(machine)
        if entry is None and index.cut:
            return f"{several} and more, too long to be read to its end", None
        if entry is None:
            raise _Stopped(self._for_others(index.platforms, "error"))
        return f"{several}, one of them for {entry.platform or 'any platform'}", entry.digest

    def _platform_of(self, manifest: Manifest) -> list[str]:
        """What a single image is made for. Docker pulls any, unless a platform is asked for."""
        machine, config = read_platform(self.case.platform), manifest.config
        if self.case.image.is_feature or machine is None or config is None or config.size > _CONFIG_BYTES:
            return ["the manifest is there"]
        answer = self.repository.blob(config.digest, _CONFIG_BYTES)
        made_for = read_config(answer.text) if answer.response.status in (200, 206) else None
        if made_for is None:
            return ["the manifest is there"]
        if not machine.runs(made_for):
            said = "it has no index, so that an Engine may pull it all the same; its programs do not run here"
            severity: Severity = "warning"
            if self.case.image.platform:
                said = f"it has no index to choose from, and is asked for as one for {machine}"
                severity = "error"
            raise _Stopped(self._for_others((str(made_for),), severity, said))
        return [f"an image for {made_for}"]

    def _storage(self, manifest: Manifest) -> list[str]:
        """Who hands out the layers: asked for one byte of the smallest."""
        if not manifest.layers:
            return []
        smallest = min(manifest.layers, key=lambda blob: blob.size)
        answer = self.repository.blob(smallest.digest, 1)
        here = self.case.host.endpoint
        if answer.response.status in (200, 206, 416):
            return [f"layers come from {answer.host.authority}"] if answer.host != here else []
        if answer.response.status in REDIRECTING:
            return ["layers are sent on to an address that was not asked: not encrypted, or in this machine"]
        if answer.followed:
            raise _Stopped(self._storage_refuses(answer, here))
        raise _Stopped(self._refused(answer.response, answer.host.authority, "blob"))

    def _storage_refuses(self, answer: Answer, here: Endpoint) -> Finding:
        status = f"HTTP {answer.response.status} {answer.response.reason}".rstrip()
        evidence = (
            f"{here.authority} sends on to {answer.host.authority}",
            f"{answer.host.authority} answered {status}",
        )
        also = ("proxy-error", "registry-unavailable")
        return self.case.finding("redirect-blob-blocked", evidence=evidence, also_possible=also)

    def _for_others(self, platforms: tuple[str, ...], severity: Severity, *said: str) -> Finding:
        evidence = (f"it is made for: {', '.join(platforms) or 'no platform that it names'}", *said)
        return self.case.finding("image-platform-mismatch", evidence=evidence, severity=severity)

    def _not_a_manifest(self, answer: Answer) -> Finding:
        kind = answer.response.header("content-type") or "nothing"
        evidence = (f"{answer.host.authority} answered HTTP 200 with {kind[:100]}, which is no manifest",)
        return self.case.finding("not-a-registry", evidence=evidence)

    def _refused(self, response: Response, asked: str, wanted: Wanted = "manifest") -> Finding:
        """The finding for a refusal. Where the vendor's API told what the token lacks, that is why."""
        found = refused(self.case, self.repository, response, asked, wanted)
        lack = next((each for each in self._of_the_login if each.severity == "error"), None)
        if lack is None or found.cause not in ("pull-denied", "package-not-linked"):
            return found
        also = (found.cause, *lack.also_possible)
        return lack.but(evidence=(*found.evidence, *lack.evidence), also_possible=also)
