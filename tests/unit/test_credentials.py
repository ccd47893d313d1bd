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
    credential_of,
    form_of,
    is_access_key_id,
    looks_secret,
)
from tests.unit.test_values import ACR_PASSWORD, AWS_KEY_ID, AWS_SECRET, CLASSIC, GOOGLE_KEY, HEALTHY

END = 1_900_000_000
MIXED = "R7tKq2ZbX9mLw4VnC8sYd3HfJ6pTg1QaE5uN"


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode().rstrip("=")


def jwt(claims: object) -> str:
    return f"{encoded({'alg': 'RS256', 'typ': 'JWT'})}.{encoded(claims)}.c2lnbmF0dXJlc2ln"


ECR_TOKEN = base64.b64encode(
    json.dumps(
        {
            "payload": "Xy7Kd2mQ" * 9,
            "datakey": "AQEBAHh",
            "version": "2",
            "type": "DATA_KEY",
            "expiration": END,
        },
        separators=(",", ":"),
    ).encode()
).decode()

EXAMPLES = {
    "github-classic-token": CLASSIC,
    "github-fine-grained-token": "github_pat_11ABCDEFG0" + MIXED + "_" + MIXED,
    "github-oauth-token": "gho_" + MIXED,
    "github-app-user-token": "ghu_" + MIXED,
    "github-installation-token": "ghs_" + MIXED,
    "github-refresh-token": "ghr_" + MIXED * 2,
    "docker-access-token": "dckr_pat_Ab3dEf6hIj9kLm2nOp5qRs8tUv1",
    "docker-organization-token": "dckr_oat_Ab3dEf6hIj9kLm2nOp5qRs8tUv1",
    "ecr-token": ECR_TOKEN,
    "ecr-authorization-token": base64.b64encode(f"AWS:{ECR_TOKEN}".encode()).decode(),
    "google-json-key": GOOGLE_KEY,
    "google-json-key-base64": base64.b64encode(GOOGLE_KEY.encode()).decode(),
    "google-access-token": "ya29.a0AfB_byC7kQzX9vTnWb5Yc0HsJf3GpQa6Ee1Ru",
    "google-api-key": "AIza" + MIXED[:35],
    "gitlab-access-token": "glpat-Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-deploy-token": "gldt-Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-job-token": "glcbt-64_Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-other-token": "glrt-Xy7Kd2mQzX9vTnWb5Yc0",
    "jfrog-api-key": "AKCp" + MIXED * 2,
    "jfrog-reference-token": "cmVmd" + MIXED * 2,
    "digitalocean-token": "dop_v1_" + "0123456789abcdef" * 4,
    "npm-token": "npm_" + MIXED,
    "openshift-token": "sha256~" + MIXED,
    "pem": "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADAN\n-----END RSA PRIVATE KEY-----\n",
    "azure-client-secret": "wX78Q~abcDEFghiJKLmnoPQRstuVWXyz012345ab",
    "acr-password": ACR_PASSWORD,
    "jwt": jwt({"exp": END}),
    "quay-robot-token": "QX7KD2MZ9VTN5YC0HSJF3GPA6E1RU4UOQX7KD2MZ9VTN5YC0HSJF3GPA6E1RU4UO",
}


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
        (ECR_TOKEN, END),
        (ECR_TOKEN.rstrip("="), END),
        (ECR_TOKEN[:-40], None),
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


@pytest.mark.parametrize("values", HEALTHY.values(), ids=list(HEALTHY))
def test_no_user_and_no_server_of_a_healthy_set_looks_secret(values: tuple[str, str, str]) -> None:
    assert not looks_secret(values[0])
    assert not looks_secret(values[1])


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
