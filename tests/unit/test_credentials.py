"""The kinds of credential, recognised by their form."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.model import Credential
from regdoctor.registries.credentials import (
    FORMS,
    claims_of,
    credential_of,
    form_of,
    is_access_key_id,
    is_form,
    is_temporary_key_id,
    looks_secret,
    name_of_kind,
    secret_parts,
)
from regdoctor.registries.credentials import (
    OTHERS as OTHER_NAMES,
)
from tests.unit.examples import (
    ACR_PASSWORD,
    AWS_KEY_ID,
    AWS_SECRET,
    CLASSIC,
    END,
    EXAMPLES,
    GOOGLE_FIELDS,
    GOOGLE_KEY,
    MIXED,
    OTHERS,
    acr_token,
    ecr_token,
    jwt,
)
from tests.unit.test_values import HEALTHY, SHORT_LIVED


def test_there_is_an_example_of_every_form() -> None:
    assert list(EXAMPLES) == [form.kind for form in FORMS]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_form_is_recognised(kind: str) -> None:
    assert credential_of("octocat", EXAMPLES[kind]).kind == kind
    assert looks_secret(EXAMPLES[kind])


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_line_end_does_not_hide_a_form(kind: str) -> None:
    assert credential_of("octocat", f" {EXAMPLES[kind]}\n").kind == kind


@pytest.mark.parametrize("kind", EXAMPLES)
def test_half_a_credential_has_no_form(kind: str) -> None:
    found = form_of(EXAMPLES[kind][:6])
    assert found is None or found.kind == "google-json-key"


def test_the_json_key_of_google_is_recognised_on_one_line() -> None:
    assert credential_of("_json_key", json.dumps(json.loads(GOOGLE_KEY))).kind == "google-json-key"


@pytest.mark.parametrize("layout", [None, 2, "\t"])
def test_the_json_key_of_google_is_recognised_in_base64_however_it_is_laid_out(
    layout: int | str | None,
) -> None:
    text = json.dumps(json.loads(GOOGLE_KEY), indent=layout)
    assert (
        credential_of("_json_key_base64", base64.b64encode(text.encode()).decode()).kind
        == "google-json-key-base64"
    )
    wrapped = base64.encodebytes(text.encode()).decode()
    assert credential_of("_json_key_base64", wrapped).kind == "google-json-key-base64"


def test_a_key_of_aws_is_recognised_by_its_user() -> None:
    assert credential_of(AWS_KEY_ID, AWS_SECRET).kind == "aws-access-key"
    assert credential_of("octocat", AWS_SECRET).kind == "password"


@pytest.mark.parametrize("key", ["AKIAQ4J7XZ5RT2WLMNV8", "ASIAQ4J7XZ5RT2WLMNV8"])
def test_the_id_of_a_key_of_aws_is_no_secret(key: str) -> None:
    assert is_access_key_id(key)
    assert not looks_secret(key)


@pytest.mark.parametrize(
    "text", ["AKIA", "akiaq4j7xz5rt2wlmnv8", "XXIAQ4J7XZ5RT2WLMNV8", "AKIAQ4J7XZ5RT2WLMNV8 "]
)
def test_other_texts_are_no_ids_of_keys(text: str) -> None:
    assert not is_access_key_id(text)


@pytest.mark.parametrize(
    ("password", "expires_at"),
    [
        (jwt({"exp": END}), END),
        (jwt({"exp": END + 0.7, "nbf": 1}), END),
        (jwt({"sub": "octocat"}), None),
        (jwt({"exp": "tomorrow"}), None),
        (jwt({"exp": True}), None),
        (jwt({"exp": -5}), None),
        (jwt({"exp": 1e300}), None),
        (jwt([1, 2]), None),
        (jwt("exp"), None),
        ("eyJhbGciOiJub25lIn0.eyJub3Qganson.c2ln", None),
        (ecr_token(), END),
        (ecr_token().rstrip("="), END),
        (ecr_token()[:-40], None),
        (CLASSIC, None),
    ],
)
def test_a_token_says_itself_when_it_ends(password: str, expires_at: int | None) -> None:
    assert credential_of("octocat", password).expires_at == expires_at


@pytest.mark.parametrize(
    "password",
    [
        "",
        "hunter2",
        "ghp_",
        "ghp_short",
        "xghp_" + MIXED,
        "gl-pat",
        "{}",
        "eyJ",
        "a.b.c",
        "-----BEGIN",
        "x" * 64,
    ],
)
def test_junk_is_a_password(password: str) -> None:
    assert credential_of("octocat", password) == Credential("password")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "octocat",
        "mona@example.com",
        "mycompany.azurecr.io",
        "https://index.docker.io/v1/",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "8d3a1b2c-4e5f-6071-8293-a4b5c6d7e8f9",
        "00000000-0000-0000-0000-000000000000",
        "a-rather-long-user-name-of-mine",
        "SomeCompanyServiceAccountForPulling",
        "tenancy/oracleidentitycloudservice/mona",
        "gitlab+deploy-token-1234567",
        "robot$project-name+pull-only",
        "service-account-2024-production",
    ],
)
def test_names_do_not_look_secret(text: str) -> None:
    assert not looks_secret(text)


@pytest.mark.parametrize("text", [CLASSIC, MIXED, ACR_PASSWORD, f'"{CLASSIC}"', f" {CLASSIC}\n", AWS_SECRET])
def test_credentials_look_secret_wherever_they_stand(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize("values", (HEALTHY | SHORT_LIVED).values(), ids=list(HEALTHY | SHORT_LIVED))
def test_no_user_and_no_server_of_a_healthy_set_looks_secret(values: tuple[str, str, str]) -> None:
    assert not looks_secret(values[0])
    assert not looks_secret(values[1])


# Web tokens


@pytest.mark.parametrize("kind", OTHERS)
def test_a_kind_without_a_pattern_is_recognised_by_what_it_says(kind: str) -> None:
    assert credential_of("octocat", OTHERS[kind]).kind == kind
    assert credential_of("octocat", f" {OTHERS[kind]}\n").kind == kind


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        ({"iss": "Azure Container Registry", "grant_type": "refresh_token"}, "acr-identity-token"),
        ({"iss": "Azure Container Registry", "grant_type": "access_token"}, "acr-access-token"),
        ({"iss": "Azure Container Registry"}, "acr-identity-token"),
        ({"iss": "Azure Container Registry", "grant_type": ["access_token"]}, "acr-identity-token"),
        ({"iss": "https://sts.windows.net/8d3a1b2c/"}, "entra-access-token"),
        ({"iss": "https://login.microsoftonline.com/8d3a1b2c/v2.0"}, "entra-access-token"),
        ({"iss": "https://login.partner.microsoftonline.cn/8d3a1b2c/v2.0"}, "entra-access-token"),
        ({"iss": "https://login.microsoftonline.com.example.com/"}, "jwt"),
        ({"iss": "http://sts.windows.net/8d3a1b2c/"}, "jwt"),
        ({"iss": "azure container registry"}, "jwt"),
        ({"iss": ["Azure Container Registry"]}, "jwt"),
        ({"iss": {"a": 1}}, "jwt"),
        ({"iss": None}, "jwt"),
        ({"iss": 7}, "jwt"),
        ({"sub": "octocat"}, "jwt"),
        ({"a": {}}, "jwt"),
    ],
)
def test_a_web_token_is_what_its_issuer_makes_it(claims: object, kind: str) -> None:
    assert credential_of("octocat", jwt(claims)).kind == kind


def test_the_claims_of_a_web_token_are_read_without_its_signature() -> None:
    assert claims_of(jwt({"iss": "x", "aud": "y"})) == {"iss": "x", "aud": "y"}
    assert claims_of(f"  {jwt({'iss': 'x'})}\n") == {"iss": "x"}
    assert claims_of(jwt({"sub": "übergröße ~~~ ???"})) == {"sub": "übergröße ~~~ ???"}


@pytest.mark.parametrize(
    "token",
    [
        "",
        "hunter2",
        "a.b",
        "a.b.c.d.e",
        "..",
        "eyJhbGciOiJub25lIn0..c2ln",
        "eyJhbGciOiJub25lIn0.W10.c2ln",
        "eyJhbGciOiJub25lIn0.bnVsbA.c2ln",
        "eyJhbGciOiJub25lIn0.____.c2ln",
        "eyJhbGciOiJub25lIn0.eyJ.c2ln",
        "eyJhbGciOiJub25lIn0.ключ.c2ln",
        "eyJhbGciOiJub25lIn0.\ud83d.c2ln",
    ],
)
def test_what_cannot_be_read_claims_nothing(token: str) -> None:
    assert claims_of(token) == {}


def test_a_number_without_end_claims_nothing() -> None:
    claims = base64.urlsafe_b64encode(b'{"exp": ' + b"1" * 10_000 + b"}").decode().rstrip("=")
    assert claims_of(f"eyJhbGciOiJub25lIn0.{claims}.c2ln") == {}
    assert credential_of("octocat", f"eyJhbGciOiJub25lIn0.{claims}.c2ln") == Credential("jwt", None)


HOSTILE = [
    None,
    True,
    "",
    str(END),
    0,
    -1,
    -0.0,
    1 << 33,
    10**18,
    1e300,
    float("inf"),
    float("-inf"),
    float("nan"),
    [END],
    {"exp": END},
]


@pytest.mark.parametrize("moment", HOSTILE, ids=repr)
def test_an_expiry_that_makes_no_sense_is_none(moment: object) -> None:
    assert credential_of("octocat", jwt({"exp": moment})).expires_at is None
    assert credential_of("AWS", ecr_token(moment)) == Credential("ecr-token", None)
    assert credential_of("octocat", acr_token(exp=moment)) == Credential("acr-identity-token", None)


@pytest.mark.parametrize("moment", [1, 1.5, END, END + 0.999, (1 << 33) - 1])
def test_an_expiry_is_read_in_whole_seconds(moment: float) -> None:
    for password in (jwt({"exp": moment}), ecr_token(moment), acr_token(exp=moment)):
        assert credential_of("AWS", password).expires_at == int(moment)


# Keys of AWS


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("AKIAQ4J7XZ5RT2WLMNV8", "aws-access-key"),
        ("ASIAQ4J7XZ5RT2WLMNV8", "aws-temporary-key"),
        (" ASIAQ4J7XZ5RT2WLMNV8\n", "aws-temporary-key"),
        ("ABIAQ4J7XZ5RT2WLMNV8", "aws-access-key"),
        ("asiaq4j7xz5rt2wlmnv8", "password"),
        ("ASIA", "password"),
    ],
)
def test_a_temporary_key_is_told_from_a_lasting_one(key: str, kind: str) -> None:
    assert credential_of(key, AWS_SECRET).kind == kind
    assert is_temporary_key_id(key.strip()) is (kind == "aws-temporary-key")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_form_of_its_own_says_more_than_the_user_beside_it(kind: str) -> None:
    assert credential_of(AWS_KEY_ID, EXAMPLES[kind]).kind == kind


# Names


@pytest.mark.parametrize("kind", [*(form.kind for form in FORMS), *OTHER_NAMES])
def test_every_kind_has_a_name_for_a_sentence(kind: str) -> None:
    name = name_of_kind(kind)
    assert name.startswith(("a ", "an ", "the "))
    assert name[-1] not in ".,:"
    # An article that fits: the vowels of the names are spoken as such, but for "a user" and the like.
    if name.startswith("an "):
        assert name[3].lower() in "aeion"
    assert not name.startswith(("a a", "a e", "a i", "a o", "a A", "a E", "a I", "a O"))


def test_what_a_generator_could_make_by_chance_is_no_form_beyond_doubt() -> None:
    doubtful = {kind for kind in [*(form.kind for form in FORMS), *OTHER_NAMES] if not is_form(kind)}
    assert doubtful == {"password", "quay-robot-token", "quay-app-token"}


# What must not be shown


@pytest.mark.parametrize("password", [*(EXAMPLES | OTHERS).values(), "x", "pass word", '{"a": "b"}'])
def test_all_of_a_password_is_secret_but_the_public_words_of_a_key_file(password: str) -> None:
    parts = secret_parts(password)
    assert (parts == (password,)) is (form_of(password.strip()) is not form_of(GOOGLE_KEY))


@pytest.mark.parametrize("broken", [GOOGLE_KEY, GOOGLE_KEY.replace("\\n", "\n"), GOOGLE_KEY[:1200]])
def test_what_is_secret_in_a_key_file_stays_so_however_it_is_broken(broken: str) -> None:
    parts = secret_parts(broken)
    for name in ("private_key_id", "client_email", "client_id"):
        assert GOOGLE_FIELDS[name] not in broken or any(GOOGLE_FIELDS[name] in part for part in parts)
    for line in GOOGLE_FIELDS["private_key"].splitlines()[1:-1]:
        assert line not in broken or any(line in part for part in parts)
    assert base64.b64encode(broken.encode()).decode() in parts


# Any text


@given(user=st.text(), password=st.text())
@settings(max_examples=120, deadline=None)
def test_no_text_breaks_the_recognition(user: str, password: str) -> None:
    assert credential_of(user, password).kind
    assert looks_secret(password) in (True, False)


@pytest.mark.parametrize(
    "password", ["{" * 50_000, "eyJ" + "A" * 50_000, " " * 50_000, "ghp_" + "a" * 50_000, "A" * 50_000]
)
def test_a_large_value_is_recognised_in_no_time(password: str) -> None:
    credential_of("octocat", password)


def test_claims_nested_without_end_are_none() -> None:
    claims = base64.urlsafe_b64encode(b'{"a":' + b"[" * 20_000).decode().rstrip("=")
    assert credential_of("octocat", f"eyJhbGciOiJub25lIn0.{claims}.c2ln") == Credential("jwt", None)
