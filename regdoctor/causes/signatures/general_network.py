"""What any program may say of the way to a host."""

from __future__ import annotations

from regdoctor.causes.signatures.phrases import CANNOT, status, symptom
from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import CUT, NAME_SERVICE, SLOW

NETWORK_SYMPTOMS: tuple[Signature, ...] = (
    symptom(
        "proxy-auth-required",
        status("407", "proxy") + r"|\bproxy\b.{0,40}(?:requires?|needs|required).{0,20}authenti",
    ),
    symptom(
        "redirect-blob-blocked",
        r"(?:/blobs?/|cloudfront\.net|cloudflare|\.s3[.-]|blob\.core|storage\.googleapis).{0,700}\b(?:blocked|forbidden|access ?denied)\b",
        "firewall-denied",
        "proxy-error",
        apart="If another network can fetch the layers, a proxy or a firewall refuses the host that stores them.",
    ),
    symptom(
        "proxy-error",
        r"\b(?:blocked|filtered|intercepted|prohibited) by\b|\b(?:request|access|url|site|page|connection|download) (?:is |was |has been )?blocked\b"
        r"|\btunnel(?:ing|ling)?\b.{0,40}(?:fail|error|refused|forbidden|could not)"
        rf"|\bproxy\b.{{0,60}}(?:error|refused|fail|unreachable|not respond|closed|timed out)|{CANNOT}.{{0,60}}\bproxy\b",
        "firewall-denied",
        apart="If the same host answers from another network, the proxy or the firewall of this one refuses it.",
    ),
    symptom("tls-expired", r"\bcert(?:ificate)?s?\b.{0,80}\bexpired\b|\bexpired (?:ssl |tls )?certificate"),
    symptom(
        "tls-hostname-mismatch",
        r"\bcert(?:ificate)?\b.{0,60}(?:mismatch|not match|n't match|not valid for|different name)|host ?name.{0,40}(?:mismatch|not match).{0,60}cert",
    ),
    symptom(
        "tls-unknown-ca",
        r"\bself[- ]signed\b|\bcert(?:ificate)?s?\b.{0,80}(?:unknown|untrusted|not trusted|verif|not valid|invalid|rejected|problem|error)"
        r"|\b(?:untrusted|invalid|unknown|(?:not|n't|cannot|unable to|failed to|failed) verify)\b.{0,40}\b(?:certificate|cert|certificate authority|ca)\b|\b(?:ssl|tls) (?:verification|error)\b|\bx509\b",
        "tls-expired",
        "tls-hostname-mismatch",
        apart="The certificate itself tells, as openssl s_client shows it: its dates, its names and who signed it.",
    ),
    symptom(
        "tls-plain-http",
        r"\bnot an? (?:ssl|tls)\b|\bhttp\b.{0,30}\bhttps (?:was )?expected|\bplain ?text\b.{0,40}\b(?:ssl|tls)",
    ),
    symptom("tls-timeout", r"\bhandshake\b.{0,40}(?:timeout|timed out)"),
    symptom(
        "tls-protocol",
        r"\b(?:ssl|tls)\b.{0,60}\b(?:handshake|negotiation|version|protocol|cipher|alert)|\bhandshake\b.{0,30}(?:fail|error|abort|alert)"
        r"|unsupported (?:ssl|tls)",
        "tls-unknown-ca",
        "proxy-error",
        apart="openssl s_client with the same host shows at what the two sides part: protocol, certificate or somebody between them.",
    ),
    symptom(
        "dns-not-found",
        r"\bunknown host\b|\bhost (?:was )?not found|no such host|\bname (?:is )?not (?:known|resolved)|nxdomain|servfail|\bresolver\b.{0,30}(?:not|fail)"
        r"|\b(?:dns|name resolution|host ?name|host)\b.{0,40}\b(?:fail\w{0,4}|error|not be resolved|not resolve|lookup)\b"
        rf"|{CANNOT} (?:to )?(?:be )?resolved? (?!.{{0,40}}(?:reference|source|image|manifest|digest|tag)\b)",
        "dns-failure",
        apart=NAME_SERVICE,
    ),
    symptom(
        "tcp-refused",
        r"\bconnection (?:is |was |has been |attempt )?(?:refused|rejected)|refused (?:the |our )?connection|no connection could be made|\bport (?:is )?closed\b|: refused$",
        "tcp-timeout",
        "proxy-error",
        apart="If another network is let in, a firewall refuses this one; if none is, nothing listens there.",
    ),
    symptom(
        "network-unreachable",
        r"\b(?:un|not )reachable\b|\bno route\b|\bno (?:internet|network)(?: connection| access)?\b|\bnetwork is down\b",
        "tcp-timeout",
        "registry-unavailable",
        apart=SLOW,
    ),
    symptom(
        "tcp-timeout",
        r"\btimed[ -]?out\b|\b(?:request|connect(?:ion)?|read|write|pull|push|network|socket|response|i/o|idle) time-?out\b"
        r"|\btime-?out (?:while|when|connecting|waiting|reading|exceeded|expired|reached|occurred|error)"
        r"|\bexceed(?:ed|s) (?:the |its )?(?:deadline|time-?out|time)|\bdeadline (?:was )?exceeded|\btook too long\b|\bstalled\b|\b(?:context|operation was|request) cancell?ed\b"
        r"|\b(?:did(?: not|n't)|not) respond|\bno (?:response|answer|reply) from",
        "timeout-overall",
        "registry-unavailable",
        apart=SLOW,
    ),
    symptom(
        "tcp-reset",
        r"\bconnection (?:is |was |has been )?(?:unexpectedly )?(?:reset|closed|aborted|lost|terminated|dropped|interrupted|broken)"
        r"|\bclosed (?:the |idle )?connection|\bbroken pipe\b|\bstream closed\b|\b(?:premature|unexpected|early) (?:eof|end of)|: eof$"
        r"|\bincomplete read|\bshort read\b|\bpeer reset\b|\bremote end closed",
        "proxy-error",
        "registry-unavailable",
        apart=CUT,
    ),
)
"""In the order in which a line is asked."""
