"""Are the three values what a registry can use, as far as their form tells?

What a real `docker login` tolerates is a warning, what it does not is an error: it takes a scheme and a
path off the server and trims the user name and the password, and it does nothing else for anybody.
"""

from __future__ import annotations

import re
import time

from regdoctor.address import read_address
from regdoctor.checks.case import LOGIN, NETWORK, SPACE, Case, Outcome, right_server
from regdoctor.model import PARTS, Fix, worst
from regdoctor.regex import regex
from regdoctor.registries.credentials import form_of, looks_secret
from regdoctor.registries.judgement import troubles, user_for
from regdoctor.secret import NO_BREAK_SPACES, escaped, invisible_in, strip_unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Finding, Part
    from regdoctor.registries.judgement import Values

NAME = "value"

_STAND_INS = frozenset(("…", "...", "todo", "tbd", "fixme", "pat", "null", "undefined", "none", "redacted"))
_MINE = r"[-_ ]?(personal[-_ ])?(access[-_ ])?(user([-_ ]?name)?|password|token|pat|registry|secret|server)"
_PLACEHOLDERS: tuple[tuple[str, str], ...] = (
    ("<", r"<[^<>]+>"),  # <PERSONAL_ACCESS_TOKEN>
    ("{{", r"\$?\{\{.*\}\}"),  # an expression that nobody filled in
    ("${", r"\$\{\w+\}"),
    ("$", r"\$(?-i:[A-Z_][A-Z0-9_]*)"),  # $app is a user name
    ("%", r"%[A-Z_]+%"),
    ("[", r"\[[A-Za-z _-]+\]"),
    ("my", rf"my{_MINE}"),
    ("your", rf"your{_MINE}"),
    ("your", r"your[-_ ][\w -]*(user|name|password|token|pat|secret|key|registry|server|account)"),
    ("here", r".*[-_ ]here"),
    ("xxxx", r"(gh[pousr]_|github_pat_|dckr_[po]at_|glpat-|AKIA)?x{4,}"),
    ("***", r"\*{3,}"),
    ("example", r"AKIA[A-Z0-9]*EXAMPLE|.*EXAMPLEKEY"),  # the keys in AWS's documentation
    ("change", r"change[-_ ]?(me|it)"),
    ("replace", r"replace[-_ ]?(me|this|with)([-_ ].*)?"),
    ("token", r"(personal[-_ ])?access[-_ ]?token"),
)
"""What stands for a value in an example: words that are in it in small letters, and the pattern, which is
asked only then."""
_GAP = regex(r"<[^<>A-Za-z]*+[A-Za-z][^<>]*+>|\{[A-Za-z_ -]+\}")
"""A gap left in a server value, as in <registry name>.azurecr.io."""
_MANY_LINES = ("google-json-key", "google-json-key-base64", "pem")
"""Kinds of credential in which line ends are nothing unusual."""
_DOCUMENT = regex(r"[\s\"'`]*\{")
"""The beginning of a JSON document, in which white space means nothing."""
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»"}


def check(case: Case) -> Outcome:
    """Judge the values of a set's variables."""
    findings: list[Finding] = _swapped(case)
    swapped = bool(findings)
    stops: tuple[str, ...] = LOGIN if swapped else ()
    for part in PARTS:
        if case.secret_set.variable(part) is None:
            continue
        # Swapped values are judged where they belong, once they are there.
        found = _common(case, part) if part == "server" or not swapped else []
        if part == "server" and not found and not swapped:
            found = _server(case)
        if part == "user" and not found and not swapped:
            found = _user(case)
        if any(finding.severity == "error" for finding in found):
            stops += (*NETWORK, *LOGIN) if part == "server" else LOGIN
        findings += found
    if not swapped:
        findings, more = _by_the_registrys_rules(case, findings)
        if any(finding.severity == "error" for finding in more):
            stops += LOGIN
        findings += more
    return Outcome(worst(tuple(findings)), detail=_detail(case), findings=tuple(findings), stops=stops)


def _by_the_registrys_rules(case: Case, known: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is left of the faults that are known already, and what the registry's own rules add."""
    values = case.values
    if not values.password:
        return known, []
    errors = {finding.cause for finding in known if finding.severity == "error"}
    if values.user and errors <= {"value-quoted"}:
        if bare := _unquoted(values.password):
            # What is inside the quotes says more than the quotes, if it is wrong as well.
            inner = judge_values(case, values.but(password=bare))
            if all(finding.severity != "error" for finding in inner):
                return known, []
            return [finding for finding in known if finding.cause != "value-quoted"], inner
        if not errors:
            found = judge_values(case, values)
            if any(finding.severity == "error" and finding.cause != "user-wrong-form" for finding in found):
                return known, found
            return known, [*found, *_expiry(case), *_retired(case)]
    return known, [*_expiry(case), *_retired(case)] if not errors else []


def judge_values(case: Case, values: Values) -> list[Finding]:
    """What the rules of the set's registry find in its user name and its password."""
    return [case.trouble(trouble) for trouble in troubles(case.registry, values)]


def _unquoted(value: str) -> str | None:
    return value[1:-1] if len(value) > 1 and QUOTES.get(value[0]) == value[-1] else None


def _retired(case: Case) -> list[Finding]:
    """A registry that has been replaced: a remark here, and the verdict if the login fails."""
    replacement = case.registry.replacement_of(case.values.host)
    if replacement is None:
        return []
    return [case.finding("registry-retired", severity="info", replacement=replacement)]


def _detail(case: Case) -> str:
    if case.secret_set.password is None:
        return case.registry.name
    credential = case.values.credential
    size = len(case.secret_set.text("password"))
    kind, plural = credential.kind.replace("-", " "), "" if size == 1 else "s"
    words = f"{case.registry.name}; {kind} of {size} character{plural}"
    left = (credential.expires_at or 0) - time.time()
    return f"{words}, expires in {duration(left)}" if left > 0 else words


def _common(case: Case, part: Part) -> list[Finding]:
    """The faults that any value can have. The first one found speaks for the rest."""
    name, value = case.secret_set.name_of(part), case.secret_set.text(part)
    if not value.strip():
        right = user_for(case.registry, case.values.credential.kind) if part == "user" else None
        fix = Fix("replace", name) if right is None else Fix("set", name, value=right)
        return [case.finding("value-empty", fixes=(fix,), variable=name)]
    if _is_placeholder(value.strip()) or (part == "server" and _GAP.search(value)):
        evidence = (f"{name} is {value!r}",) if part != "password" else ()
        return [
            case.finding("value-placeholder", evidence=evidence, fixes=(Fix("replace", name),), variable=name)
        ]
    if part == "password" and (form := form_of(value)) and form.kind in _MANY_LINES:
        return []
    if part == "password" and _DOCUMENT.match(value):
        return _quoted(case, part)
    if case.as_given and part != "server":
        return _surrounded(case, part)
    return _invisible(case, part) or _quoted(case, part) or _surrounded(case, part)


def _is_placeholder(value: str) -> bool:
    lower = value.lower()
    return lower in _STAND_INS or any(
        words in lower and re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL)
        for words, pattern in _PLACEHOLDERS
    )


def _invisible(case: Case, part: Part) -> list[Finding]:
    name, value = case.secret_set.name_of(part), case.secret_set.text(part)
    core = value.strip(SPACE)
    found = [*invisible_in(core), *(space for space in NO_BREAK_SPACES if space in core)]
    if not found:
        return []
    bare = "".join(character for character in core if character not in found)
    # Only `strip` can be done by a program that never shows the value.
    fixes = (Fix("transform", name, how="strip"),) if strip_unseen(core) == bare else (Fix("replace", name),)
    listed = ", ".join(escaped(character) for character in found[:5])
    return [
        case.finding(
            "value-unprintable",
            evidence=(f"{name} holds {listed}",),
            fixes=fixes,
            variable=name,
            problem="a character that cannot be seen",
        )
    ]


def _quoted(case: Case, part: Part) -> list[Finding]:
    name, value = case.secret_set.name_of(part), case.secret_set.text(part).strip(SPACE)
    if len(value) < 2 or QUOTES.get(value[0]) != value[-1]:
        return []
    return [
        case.finding(
            "value-quoted",
            evidence=(f"{name} begins and ends with {value[0]}",),
            fixes=(Fix("transform", name, how="unquote"),),
            variable=name,
        )
    ]


def _surrounded(case: Case, part: Part) -> list[Finding]:
    name, value = case.secret_set.name_of(part), case.secret_set.text(part)
    bare = value.strip(SPACE)
    if bare == value:
        return []
    before, after = value[: value.index(bare)], value[value.index(bare) + len(bare) :]
    places = [
        f"{_spelt(space)} {place}"
        for space, place in ((before, "at its beginning"), (after, "at its end"))
        if space
    ]
    return [
        case.finding(
            "value-whitespace",
            evidence=(f"{name} has {' and '.join(places)}",),
            fixes=(Fix("transform", name, how="strip"),),
            severity="error" if part == "server" else "warning",
            variable=name,
            problem=" and ".join(places),
        )
    ]


def _expiry(case: Case) -> list[Finding]:
    """What the password itself says of its end."""
    expires_at = case.values.credential.expires_at
    return [] if expires_at is None else expiry(case, expires_at, "the token itself says")


def expiry(case: Case, expires_at: int, who_says: str) -> list[Finding]:
    """What there is to say of a credential that ends at a moment: nothing, while that is far off."""
    name = case.secret_set.name_of("password")
    now = time.time()
    evidence = (time.strftime(f"{who_says}: until %Y-%m-%d %H:%M UTC", time.gmtime(expires_at)),)
    if expires_at <= now:
        when = f"{duration(now - expires_at)} ago"
        return [
            case.finding(
                case.registry.expired,
                evidence=evidence,
                fixes=(Fix("replace", name),),
                variable=name,
                when=when,
            )
        ]
    if expires_at - now <= case.settings.warn_expiry_days * 86400:
        when = f"in {duration(expires_at - now)}"
        return [case.finding("credential-expires-soon", evidence=evidence, variable=name, when=when)]
    return []


def duration(seconds: float) -> str:
    """A length of time in the largest unit that fits: "3 days", "40 min"."""
    if seconds >= 60:
        seconds = (seconds + 5) // 60 * 60  # a token of twelve hours has lost a second by now
    for unit, length in (("day", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            count = int(seconds // length)
            return f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''}"
    return "less than a minute"


def _spelt(space: str) -> str:
    if set(space) <= {"\n", "\r"}:
        return "a line end" if space in ("\n", "\r\n") else "line ends"
    if len(space) == 1:
        return "a tab" if space == "\t" else "a space"
    return "spaces"


def _server(case: Case) -> list[Finding]:
    name, server = case.secret_set.name_of("server"), case.secret_set.text("server")
    address = read_address(server)
    if address is None or (
        "." not in address.host and address.port is None and not case.host.endpoint.loopback
    ):
        return [_not_a_host(case)]
    right = right_server(server) or address.host_and_port
    registry = case.registry
    if server in (registry.right_server, *registry.accepted_servers):
        return []
    fixes = (Fix("set", name, value=right),)
    if address.userinfo is not None:
        return [case.finding("server-has-credentials", fixes=fixes, variable=name)]
    findings = []
    if address.scheme is not None and not server.startswith(registry.right_server or "\0"):
        findings.append(case.finding("server-has-scheme", fixes=fixes, problem=f"{address.scheme}://"))
    if address.path and not (registry.login_host and re.fullmatch("/v1/?", address.path)):
        findings.append(case.finding("server-has-path", fixes=fixes, problem=case.clean(address.path)))
    host = address.host.lower().removesuffix(".")
    if trouble := registry.judge_host(host):
        findings.append(case.trouble(trouble))
    elif registry.is_alias(host):
        works = host == registry.login_host
        findings.append(case.finding("server-alias", fixes=fixes, severity="warning" if works else "error"))
    elif not findings and server != right:
        findings.append(case.finding("server-alias", fixes=fixes))
    return findings


def _not_a_host(case: Case) -> Finding:
    name, user = case.secret_set.name_of("server"), case.secret_set.text("user")
    address = read_address(user.strip())
    # A host name among the three, in the wrong place: the server and the user were exchanged.
    if address is not None and "." in address.host and "@" not in user:
        swap = Fix("transform", name, how="swap", other=case.secret_set.name_of("user"))
        return case.finding("server-invalid", fixes=(swap,), variable=name)
    return case.finding("server-invalid", fixes=(Fix("replace", name),), variable=name)


def _user(case: Case) -> list[Finding]:
    name, user = case.secret_set.name_of("user"), case.secret_set.text("user")
    if ":" in user and not looks_secret(user):
        # RFC 7617: the first colon ends the user name.
        return [case.finding("user-wrong-form", severity="error", problem="a colon", variable=name)]
    return []


def _swapped(case: Case) -> list[Finding]:
    user, password = case.secret_set.text("user").strip(), case.secret_set.text("password").strip()
    if not user or not password:
        return []
    # Any registry's user names: $oauthtoken, robot$team+ci, 1234567|ci, namespace/user, _json_key.
    is_name = re.fullmatch(r"[A-Za-z0-9_$][A-Za-z0-9._@+$|/-]{0,63}", password) is not None
    if not (looks_secret(user) and is_name and not looks_secret(password)):
        return []
    names = case.secret_set.name_of("user"), case.secret_set.name_of("password")
    fix = Fix("transform", names[0], how="swap", other=names[1])
    form = form_of(user)
    what = form.name if form else "a long mix of letters and digits"
    return [case.finding("user-password-swapped", evidence=(f"{names[0]} holds {what}",), fixes=(fix,))]
