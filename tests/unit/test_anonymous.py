"""A report that may be shown to everybody."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.model import (
    Call,
    CheckResult,
    Environment,
    Finding,
    Fix,
    Report,
    SecretSet,
    SetResult,
    Step,
    Variable,
)
from regdoctor.report import json_report, text
from regdoctor.report.anonymous import anonymized
from regdoctor.secret import Secret
from tests.unit import contract
from tests.unit.support import rendered

NAME = "TEAM_CONTAINER_REGISTRY_SERVER"


def report_of(
    server: str = "registry.acme-corp.example",
    user: str = "mona-lisa",
    repository: str | None = "acme-corp/secret-project",
    said: tuple[str, ...] = (),
    detail: str | None = None,
    call: str | None = None,
    identifier: str = "TEAM",
) -> Report:
    """A report in which these names stand wherever they can."""
    finding = Finding(
        "bad-credentials",
        "error",
        f"{server} refuses {user}",
        f"The registry {server} does not take the password of {user}.",
        evidence=said,
        remediation=(
            Step("Set it again.", f"gh secret set {NAME} --body {server}", "https://github.com/settings"),
        ),
        fixes=(Fix("set", NAME, value=server),),
    )
    secret_set = SecretSet(
        identifier,
        Variable(NAME, Secret(server)),
        Variable(NAME.replace("SERVER", "USER"), Secret(user)),
        None,
        shown_server=server,
        shown_user=user,
    )
    checks = (
        CheckResult("dns", "ok", 1.0, detail),
        CheckResult("registry", "ok", 1.0),
        CheckResult("login", "error", 1.0),
    )
    return Report(
        0.0,
        1,
        Environment(repository=repository),
        (SetResult(secret_set, "other", None, False, checks, (finding,)),),
        findings=(finding,),
        calls=(Call("GET", call or server, "200", 1.0),),
    )


def shown(report: Report) -> str:
    """All that is printed of a report under made-up names."""
    hidden = anonymized(report)
    unwrapped = text.render(hidden, trace=True, width=4000)
    return json_report.render(hidden, trace=True) + unwrapped + rendered(hidden)


@pytest.mark.parametrize(
    ("report", "names"),
    [
        (report_of(), ["acme-corp", "mona-lisa", "secret-project"]),
        (report_of("registry.acme-corp.example:5000/team-x/app-y"), ["acme-corp", "team-x", "app-y"]),
        (report_of("https://Registry.Acme-Corp.example/"), ["acme-corp"]),
        (report_of("acmecorp.azurecr.io"), ["acmecorp"]),
        (report_of("198.51.100.77:5000"), ["198.51.100.77"]),
        (report_of("[2001:db8:ac::77]:5000", detail="2001:db8:ac::77"), ["2001:db8:ac::77"]),
        (report_of("internalhost:5000", said=("internalhost:5000 answered HTTP 401",)), ["internalhost"]),
        (report_of(detail="198.51.100.77, 198.51.100.78"), ["198.51.100.77", "198.51.100.78"]),
        (report_of(detail="2001:db8:ac::77"), ["2001:db8:ac::77"]),
        (report_of(detail="Bearer, tokens from https://auth.acmeid.example/token"), ["acmeid"]),
        (
            report_of(said=("auth.acmeid.example answered HTTP 401", "its words: user mona-lisa is unknown")),
            ["acmeid", "mona-lisa"],
        ),
        (report_of(user="mona@acmemail.example"), ["mona@", "acmemail"]),
        (report_of(call="auth.acmeid.example:8443"), ["acmeid"]),
        (
            report_of(said=('pull access denied for "acme-corp/secret-project"',)),
            ["acme-corp", "secret-project"],
        ),
        (report_of(user="Mona-Lisa", said=("user mona-lisa is unknown",)), ["mona-lisa"]),
        (report_of(user="öctocat-müller"), ["müller"]),
        (report_of("bücher-regal.example"), ["bücher-regal"]),
    ],
)
def test_no_name_of_a_host_a_user_or_a_repository_survives(report: Report, names: list[str]) -> None:
    printed = shown(report)
    decoded = printed + json.dumps(json.loads(printed[: printed.index("\n}\n") + 2]), ensure_ascii=False)
    for name in names:
        assert name.lower() not in decoded.lower()


labels = st.text(string.ascii_lowercase + string.digits, min_size=6, max_size=12).map(
    lambda label: f"q{label}q"
)


@given(host=labels, domain=labels, user=labels, owner=labels, repository=labels, token_host=labels)
@settings(max_examples=80, deadline=None)
def test_no_such_name_survives_whatever_it_is(
    host: str, domain: str, user: str, owner: str, repository: str, token_host: str
) -> None:
    server = f"{host}.{domain}.example"
    said = (
        f"{server}: {user} may not pull {owner}/{repository}:1",
        f"realm: https://{token_host}.{domain}.example/t",
    )
    printed = shown(report_of(server, user, f"{owner}/{repository}", said))
    for name in (host, domain, user, owner, repository, token_host):
        assert name not in printed


def test_the_same_name_has_the_same_stand_in_everywhere() -> None:
    hidden = anonymized(report_of(said=("registry.acme-corp.example knows no mona-lisa",)))
    (result,) = hidden.sets
    host, user = result.secret_set.shown_server, result.secret_set.shown_user
    assert host
    assert user
    assert hidden.findings[0].evidence == (f"{host} knows no {user}",)
    assert hidden.findings[0].title == f"{host} refuses {user}"
    assert hidden.findings[0].fixes[0].value == host
    assert hidden.calls[0].host == host


def test_different_names_have_different_stand_ins() -> None:
    one, two = (
        report_of("one.acme.example", "mona"),
        report_of("two.acme.example", "lisa", identifier="OTHER"),
    )
    hidden = anonymized(one.but(sets=(*one.sets, *two.sets)))
    first, second = (result.secret_set for result in hidden.sets)
    assert first.shown_server != second.shown_server
    assert first.shown_user != second.shown_user


def test_a_report_is_made_anonymous_the_same_way_each_time() -> None:
    assert anonymized(report_of()) == anonymized(report_of())


def test_a_report_can_be_made_anonymous_twice() -> None:
    once = anonymized(report_of())
    contract.report(json.loads(json_report.render(anonymized(once))))


def test_what_tells_nobody_stays() -> None:
    hidden = anonymized(report_of("ghcr.io", "AWS", None))
    (result,) = hidden.sets
    assert (result.secret_set.shown_server, result.secret_set.shown_user) == ("ghcr.io", "AWS")
    assert result.secret_set.id == "TEAM"
    assert result.findings[0].cause == "bad-credentials"
    assert result.findings[0].remediation[0].url == "https://github.com/settings"


@pytest.mark.parametrize(
    ("user", "repository"),
    [
        ("login", "acme-corp/registry"),
        ("dns", "ok/error"),
        ("registry", "error/login"),
        ("warning", "set/value"),
        ("octocat", "other/skipped"),
        ("not-asked", "bad-credentials/GET"),
    ],
)
def test_a_name_that_is_also_a_word_of_ours_does_not_break_the_report(user: str, repository: str) -> None:
    hidden = anonymized(report_of(user=user, repository=repository))
    contract.report(json.loads(json_report.render(hidden)))
    assert [check.name for check in hidden.sets[0].checks] == ["dns", "registry", "login"]
    assert hidden.calls[0].method == "GET"


def test_the_values_themselves_are_not_in_what_is_printed() -> None:
    hidden = anonymized(report_of())
    assert "registry.acme-corp.example" not in repr(hidden)
