"""Properties of what hides credentials: whatever they are, and wherever they stand."""

from __future__ import annotations

import string
import sys
import threading
from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regdoctor.bystanders import bystanders, for_other_programs
from regdoctor.codespace.kept import Kept, KeptVariable
from regdoctor.diagnosis import Diagnosis
from regdoctor.model import Call
from regdoctor.probes.http import Response
from regdoctor.probes.world import World
from regdoctor.registries.credentials import FORMS, credential_of
from regdoctor.registries.judgement import Values
from regdoctor.registries.masking import masked, masked_in_log
from regdoctor.secret import MASK, Redactor, Secret, visible
from regdoctor.settings import Settings
from tests.secrets.credentials import Maker
from tests.secrets.traces import SPELLINGS, Credential, Spell, traces
from tests.unit.examples import EXAMPLES
from tests.unit.support import OFFLINE, a_set, rendered

# A star in a value can meet the mask and look like the value. Seven with an İ are eight small ones.
typed = st.characters(exclude_characters="*\u0130", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))
# Not drawn letter by letter: hypothesis would spell our own words, which no secret is made of.
words = st.integers(0, 1 << 32).map(lambda number: Maker(f"word {number}").word("word", 12 + number % 20))
passwords = st.text(typed, min_size=8, max_size=50).filter(lambda value: value == value.strip())
every_spelling = pytest.mark.parametrize("spell", SPELLINGS.values(), ids=list(SPELLINGS))

LOG = "unauthorized: access to the requested resource is not authorized"


def world_of(*values: str, environ: Mapping[str, str] | None = None) -> World:
    return World(OFFLINE, environ or {}, Redactor(map(Secret, values)))


def report_of(
    variables: Mapping[str, str], environ: Mapping[str, str] | None = None, kept: Kept | None = None
) -> str:
    """All that an offline run says of some variables, in every form."""
    secrets = {name: Secret(value) for name, value in variables.items()}
    diagnosis = Diagnosis(secrets, Settings(offline=True), environ or {}, kept=kept)
    for _ in diagnosis.run():
        pass
    return rendered(diagnosis.report())


# What comes from outside


@every_spelling
@given(value=passwords, before=st.sampled_from(["", "said: ", '{"message": "', "/?x="]))
@example(value='a<"b\'>\\&c+ü/ <"d"> é%', before="")
@example(value="correct-hors\u0130", before="")
@settings(max_examples=25, deadline=None)
def test_no_way_of_spelling_a_value_passes(spell: Spell, value: str, before: str) -> None:
    cleaned = world_of(value).clean(f"{before}{spell(value)} was refused")
    assert traces([Credential("value", value)], cleaned) == {}


@given(value=words, broken=st.sampled_from(["\r", "\r\r", "\r\x00"]), at=st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_a_value_that_is_whole_only_when_it_is_shown_does_not_pass(value: str, broken: str, at: int) -> None:
    said = f"{value[:at]}{broken}{value[at:]}"
    assert traces([Credential("value", value)], world_of(value).clean(f"{LOG}: {said}")) == {}


LETTER_BY_LETTER: dict[str, Spell] = {
    "in a URL": lambda value: "".join(f"%{ord(each):02x}" for each in value),
    "in a URL in a URL": lambda value: "".join(f"%25{ord(each):02X}" for each in value),
    "in JSON": lambda value: "".join(f"\\u{ord(each):04x}" for each in value),
    "in HTML": lambda value: "".join(f"&#{ord(each)};" for each in value),
    "in HTML, hexadecimal": lambda value: "".join(f"&#x{ord(each):x};" for each in value),
    "a letter a line": "\n".join,
    "with spaces": lambda value: f"{value[:7]} {value[7:14]} {value[14:]}",
    "with what is not seen": "\u200b".join,
}


@pytest.mark.parametrize("spell", LETTER_BY_LETTER.values(), ids=LETTER_BY_LETTER.keys())
def test_a_value_that_is_spelt_out_letter_by_letter_is_not_shown(spell: Spell) -> None:
    value = "quartz-Velvet7+Onion"
    assert world_of(value).clean(f"it said {spell(value)} to us") == MASK
    assert world_of("something-else").clean(f"it said {value}") == f"it said {value}"


def test_values_that_several_threads_learn_at_once_are_all_known(monkeypatch: pytest.MonkeyPatch) -> None:
    make, redactor = Maker("threads"), Redactor()
    values = [make.word(f"of a thread {number}") for number in range(400)]
    # As a whole, which is where one could overwrite what another has learnt.
    monkeypatch.setattr("regdoctor.secret.LONG", 10)
    start = threading.Barrier(8)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def learn(own: list[str]) -> None:
        start.wait()
        for value in own:
            redactor.add(Secret(value))

    threads = [threading.Thread(target=learn, args=(values[at::8],)) for at in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(usual)
    assert redactor(" ".join(values)) == " ".join([MASK] * len(values))


def test_a_host_that_a_peer_has_named_is_not_shown_with_a_password_in_it() -> None:
    value, calls = Maker("hosts").word("value").lower(), list[Call]()
    world = World(OFFLINE, {}, Redactor([Secret(value)]), calls.append)
    world._called("GET", f"{value[:12]}.example.com", lambda: None)
    assert [call.host for call in calls] == [f"{MASK}.example.com"]


def test_half_a_character_in_a_value_is_no_obstacle() -> None:
    value = "quartz\ud800velvet-onion"
    assert Redactor([Secret(value)])("velvet-onion") == MASK


@pytest.mark.parametrize(
    "kind", [form.kind for form in FORMS if not form.kind.startswith(("google-json", "pem", "quay"))]
)
@pytest.mark.parametrize(
    "around", ["it says {}", "Bearer {}.", '{{"x":"{}"}}', "https://{}@example.com/v2/", "a={}&b"]
)
def test_a_credential_of_a_known_form_is_masked_though_nobody_told_of_it(kind: str, around: str) -> None:
    value = EXAMPLES[kind]
    assert traces([Credential(kind, value)], world_of().clean(around.format(value))) == {}


@given(
    value=words,
    user=st.text(string.ascii_lowercase, max_size=10),
    around=st.sampled_from(["{}", "got {} here", "({})"]),
)
@settings(max_examples=50, deadline=None)
def test_a_password_in_an_address_is_masked_though_nobody_told_of_it(
    value: str, user: str, around: str
) -> None:
    address = around.format(f"https://{user}:{value}@registry.example.com/v2/")
    assert traces([Credential("value", value)], world_of().clean(address)) == {}


@pytest.mark.parametrize("known", ["registry.example.com:5000", "octocat-of-octo"], ids=["host", "user"])
def test_a_password_in_an_address_is_masked_where_a_value_is_known_beside_it(known: str) -> None:
    address = "octocat-of-octo:quartz-Velvet7@registry.example.com:5000/app"
    assert "quartz-Velvet7" not in world_of(known).clean(f"called {address}")


@pytest.mark.parametrize(
    "text",
    [
        "registry.example.com:5000/team/app:1.2@sha256:" + "0123456789abcdef" * 4,
        "https://registry.example.com:5000/v2/team/app/manifests/1",
        "at 12:30:01 octocat@example.com was refused by 192.0.2.7:443",
        'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
        "error parsing HTTP 404 response body: invalid character 'p' after top-level value",
        "a build refuses this: no image can be called Team/app",
        LOG,
    ],
)
def test_a_text_without_a_credential_stays_as_it_is(text: str) -> None:
    assert masked(text) == text
    assert masked_in_log(text) == text
    assert world_of("quartz-Velvet7+Onion").clean(text) == visible(text)


@pytest.mark.parametrize(
    "piece", ["eyJa-", "eyJa_", ".eyJ", "a:", "://", "ghp_", "AKIA+ACR", "Q~", "@", "do", "gl"]
)
def test_a_text_made_to_nearly_look_like_credentials_takes_no_longer(piece: str) -> None:
    import time

    start = time.process_time()
    masked(piece * ((1 << 17) // len(piece)))
    assert time.process_time() - start < 5


# What the environment holds besides


@pytest.mark.parametrize(
    "name",
    [
        *("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_CODESPACE_TOKEN", "REGDOCTOR_TOKEN", "AWS_SECRET_ACCESS_KEY"),
        *(
            "AWS_SESSION_TOKEN",
            "DATABASE_PASSWORD",
            "NPM_TOKEN",
            "AZURE_CLIENT_SECRET",
            "OPENAI_API_KEY",
            "MY_PAT",
        ),
        *("SSH_PRIVATE_KEY", "GOOGLE_CREDENTIALS", "ACR_PASSWORD"),
    ],
)
def test_a_credential_of_no_set_is_hidden_by_the_name_of_its_variable(name: str) -> None:
    value = Maker(name).word(name, 24)
    environ = {name: value}
    diagnosis = Diagnosis({}, OFFLINE, environ)
    assert diagnosis.world.clean(f"{LOG} {value}") == f"{LOG} {MASK}"


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "DOCKER_HOST", "PIP_INDEX_URL"])
def test_a_password_in_an_address_of_the_environment_is_hidden(name: str) -> None:
    value = f"{Maker(name).word(name)}/+"
    quoted = SPELLINGS["in a URL"](value)
    diagnosis = Diagnosis({}, OFFLINE, {name: f"http://octocat:{quoted}@proxy.example.com:3128"})
    for said in (value, quoted):
        assert traces([Credential(name, value)], diagnosis.world.clean(f"407 {said}")) == {}


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if not kind.startswith(("google-json", "pem"))])
def test_a_credential_of_no_set_is_hidden_by_its_form(kind: str) -> None:
    assert Secret(EXAMPLES[kind]) in set(bystanders({"INNOCENT": EXAMPLES[kind]}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PWD", "/workspaces/app"),
        ("SSH_AUTH_SOCK", "/tmp/ssh-XXXX/agent.1"),
        ("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev"),
        ("SECRET_BACKEND", "kubernetes"),
        ("TOKENS_CONTAINER_REGISTRY_SERVER", "registry1.example.com"),
        ("SECRET_CONTAINER_REGISTRY_USER", "octocat-ci2"),
        ("TOKEN_URL", "https://auth.docker.io/token"),
        ("CREDENTIAL_CACHE", "/home/octocat/.cache"),
        ("AWS_ACCESS_KEY_ID", "AKIAQ4J7XZ5RT2WLMNV8"),
        ("SECRET_TTL", "8640000000"),
        ("USE_TOKEN", "true"),
    ],
)
def test_what_only_sounds_like_a_credential_is_not_hidden(name: str, value: str) -> None:
    assert list(bystanders({name: value})) == []


def test_other_programs_get_no_secret_set_however_its_names_are_spelt() -> None:
    sets = {
        **a_set(),
        "CONTAINER_REGISTRY_PASSWORD": "x",
        "TEAM_CONTAINR_REGISTRY_PASSWORD": "x",
        "TEAM_CONTAINER_REGISTRY_TOKEN": "x",
        "team_container_registry_password": "x",
        "REGDOCTOR_TOKEN": "x",
    }
    kept = {
        "PATH": "/usr/bin",
        "GITHUB_TOKEN": "y",
        "AWS_SECRET_ACCESS_KEY": "z",
        "HTTPS_PROXY": "http://a:b@c",
    }
    assert for_other_programs(sets | kept) == kept


# Values in the wrong place


@given(value=words)
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize(
    ("server", "user"),
    [
        ("https://octocat:{}@registry.example.com", "octocat"),
        ("octocat:{}@registry.example.com", "octocat"),
        ("https://octocat:{}/+x@registry.example.com", "octocat"),
        ("registry.example.com", "octocat:{}"),
        ("https://ghp_{0}{0}@registry.example.com", "octocat"),
        ("registry.example.com/ghp_{0}{0}", "octocat"),
        ("https://registry.example.com/?token=glpat-{0}{0}", "octocat"),
        ("registry.example.com", "dckr_pat_{0}{0}"),
    ],
)
def test_a_credential_in_a_server_or_a_user_is_not_shown(server: str, user: str, value: str) -> None:
    variables = a_set(server.format(value), user.format(value), "another-password-42")
    shown = report_of(variables)
    assert MASK in shown
    assert traces([Credential("value", value)], shown) == {}


@given(value=words)
@settings(max_examples=20, deadline=None)
def test_a_password_of_one_set_is_not_shown_as_a_part_of_another(value: str) -> None:
    variables = {
        **a_set(password=value, identifier="ONE"),
        **a_set(user=value, password="another-password-42", identifier="TWO"),
        **a_set(server=f"{value}.example.com", password="another-password-43", identifier="THREE"),
        **{"FOUR_CONTAINER_REGISTRY_PASSWD": f"{value}4"},
        **a_set(user=f"{value}4", password="another-password-44", identifier="FIVE"),
    }
    assert traces([Credential("value", value)], report_of(variables)) == {}


@given(value=words)
@settings(max_examples=20, deadline=None)
def test_a_password_is_not_shown_where_it_is_the_user_or_in_the_server(value: str) -> None:
    host = f"{value}.example.com"
    for variables in (a_set(user=value, password=value), a_set(server=host, password=host)):
        (password,) = (text for name, text in variables.items() if name.endswith("PASSWORD"))
        assert traces([Credential("value", password)], report_of(variables)) == {}


@pytest.mark.parametrize("password", ["registry.example.com", "ghcr.io", "mycompany.azurecr.io:443"])
def test_a_server_in_the_place_of_the_password_gives_the_other_away_as_one(password: str) -> None:
    shown = report_of(a_set("correct-horse-battery", "octocat", password))
    assert traces([Credential("value", "correct-horse-battery")], shown) == {}


@given(value=words)
@settings(max_examples=20, deadline=None)
def test_a_newer_value_in_the_files_of_the_codespace_is_not_shown_where_it_stood_before(value: str) -> None:
    name = "TEAM_CONTAINER_REGISTRY_PASSWORD"
    kept = Kept(changed=(KeptVariable(name, Secret(value), "/a/file"),))
    shown = report_of(a_set(user=value, password="octocat"), {"CODESPACES": "true"}, kept)
    assert "codespace-restart-needed" in shown
    assert traces([Credential("value", value)], shown) == {}


@given(value=words)
@settings(max_examples=20, deadline=None)
def test_a_token_of_the_environment_is_not_shown_as_a_user(value: str) -> None:
    shown = report_of(a_set(user=value), {"GITHUB_CODESPACE_TOKEN": value})
    assert traces([Credential("value", value)], shown) == {}


# What is kept in mind


def test_what_is_passed_around_does_not_show_what_it_holds() -> None:
    value = Maker("records").word("value")
    response = Response(200, value, (("Authorization", value),), value.encode())
    values = Values("registry.example.com", value, value, credential_of(value, value))
    (found,) = Diagnosis({n: Secret(v) for n, v in a_set(password=value).items()}, OFFLINE, {}).sets
    for each in (response, values, found, found.password, [response], {"x": values}):
        assert traces([Credential("value", value)], f"{each!r} {each}") == {}
