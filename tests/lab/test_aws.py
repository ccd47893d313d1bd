"""Proves the stand-in for AWS: boto3 gets its tokens and each refusal, its registries let the tokens in."""

from __future__ import annotations

import base64
import dataclasses
import email.utils
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import botocore
import botocore.loaders
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.lab import aws
from tests.lab.aws import Ecr, EcrPublicRegistry, EcrRegistry, Key, Token
from tests.lab.scripted import Answer, ScriptedRegistry

ACCOUNT = "123456789012"
KEY = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
TEMPORARY = Key(
    "ASIAIOSFODNN7EXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY", session_token="IQoJb3JpZ2lu"
)
HOST = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
BOTH = pytest.mark.parametrize("service", ["ecr", "ecr-public"])
Fetched = tuple[int, dict[str, str], bytes]


@pytest.fixture(autouse=True)
def no_ambient_configuration(monkeypatch: pytest.MonkeyPatch, clean_environ: None) -> None:
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/nonexistent")


@pytest.fixture
def ecr() -> Ecr:
    return Ecr([KEY, TEMPORARY], regions=("us-east-1", "eu-west-1"))


@pytest.fixture
def endpoint(ecr: Ecr) -> Iterator[ScriptedRegistry]:
    with ScriptedRegistry(ecr) as endpoint:
        yield endpoint


def client(
    endpoint: ScriptedRegistry,
    service: str = "ecr",
    key: Key = KEY,
    region: str = "us-east-1",
    **config: Any,
) -> Any:
    session = boto3.Session(key.id, key.secret, key.session_token, region_name=region)
    once = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=5, **config)
    return session.client(service, endpoint_url=endpoint.url, config=once)


def refusal(caller: Any) -> tuple[str, str, int]:
    """Code, message and status of the error that the call ends in."""
    with pytest.raises(ClientError) as failure:
        caller.get_authorization_token()
    response = failure.value.response
    error, status = response["Error"], response["ResponseMetadata"]["HTTPStatusCode"]
    return error["Code"], error["Message"], status


# The API's tokens


@BOTH
def test_the_targets_and_signing_names_are_those_of_botocore(service: str) -> None:
    model = botocore.loaders.Loader().load_service_model(service, "service-2")
    metadata = model["metadata"]
    assert metadata["jsonVersion"] == "1.1"
    assert aws.SERVICES[metadata["targetPrefix"]] == metadata["signingName"] == service
    assert model["operations"]["GetAuthorizationToken"]["http"] == {"method": "POST", "requestUri": "/"}


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_a_right_key_gets_a_token_for_its_region(ecr: Ecr, endpoint: ScriptedRegistry, region: str) -> None:
    [data] = client(endpoint, region=region).get_authorization_token()["authorizationData"]
    user, _, password = base64.b64decode(data["authorizationToken"]).decode().partition(":")
    assert user == "AWS"
    assert data["proxyEndpoint"] == f"https://{ACCOUNT}.dkr.ecr.{region}.amazonaws.com"
    assert data["expiresAt"].timestamp() == pytest.approx(time.time() + 12 * 3600, abs=60)
    assert ecr.issued == [ecr.tokens[password]]
    token = ecr.issued[0]
    assert (token.account, token.region, token.service) == (ACCOUNT, region, "ecr")
    assert token.authorization_token == data["authorizationToken"]


def test_a_right_key_gets_a_token_of_ecr_public(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    data = client(endpoint, "ecr-public").get_authorization_token()["authorizationData"]
    assert set(data) == {"authorizationToken", "expiresAt"}
    password = base64.b64decode(data["authorizationToken"]).decode().removeprefix("AWS:")
    assert ecr.tokens[password].service == "ecr-public"


@BOTH
def test_a_temporary_key_gets_a_token_with_its_session_token(
    ecr: Ecr, endpoint: ScriptedRegistry, service: str
) -> None:
    client(endpoint, service, TEMPORARY).get_authorization_token()
    assert len(ecr.issued) == 1


def test_a_password_has_the_form_that_ecr_s_have() -> None:
    token = Ecr().issue(ACCOUNT, "us-east-1", lifetime=60)
    assert re.fullmatch(r"eyJwYXlsb2FkIjoi[A-Za-z0-9+/=]{1500,}", token.password)
    content = json.loads(base64.b64decode(token.password))
    assert list(content) == ["payload", "datakey", "version", "type", "expiration"]
    assert content["expiration"] == int(token.expires_at) <= time.time() + 60


def test_the_lifetime_of_tokens_can_be_set(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    ecr.token_lifetime = 90
    [data] = client(endpoint).get_authorization_token()["authorizationData"]
    assert data["expiresAt"].timestamp() == pytest.approx(time.time() + 90, abs=30)


# The API's refusals

UNKNOWN = "UnrecognizedClientException", "The security token included in the request is invalid.", 400
MISMATCH = (
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
    "Access Key and signing method. Consult the service documentation for details.",
    400,
)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(dataclasses.replace(KEY, id="AKIAI44QH8DHBEXAMPLE"), id="unknown id"),
        pytest.param(dataclasses.replace(TEMPORARY, session_token=None), id="no session token"),
        pytest.param(dataclasses.replace(TEMPORARY, session_token="other"), id="wrong session token"),
        pytest.param(dataclasses.replace(KEY, session_token="any"), id="needless session token"),
    ],
)
@BOTH
def test_a_key_that_does_not_exist_like_this_is_not_recognised(
    ecr: Ecr, endpoint: ScriptedRegistry, key: Key, service: str
) -> None:
    assert refusal(client(endpoint, service, key)) == UNKNOWN
    assert ecr.issued == []


def test_an_inactive_key_is_not_recognised(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    ecr.keys[KEY.id] = dataclasses.replace(KEY, state="inactive")
    assert refusal(client(endpoint)) == UNKNOWN


def test_an_expired_session_token_is_told_as_such(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    ecr.keys[TEMPORARY.id] = dataclasses.replace(TEMPORARY, expired=True)
    message = "The security token included in the request is expired"
    assert refusal(client(endpoint, key=TEMPORARY)) == ("ExpiredTokenException", message, 400)


@BOTH
def test_a_wrong_secret_is_a_wrong_signature(endpoint: ScriptedRegistry, service: str) -> None:
    wrong = dataclasses.replace(KEY, secret=KEY.secret[:-1] + "Z")
    assert refusal(client(endpoint, service, wrong)) == MISMATCH


def set_body(request: Any) -> None:
    request.body = b'{"registryIds": ["210987654321"]}'
    request.headers["Content-Length"] = str(len(request.body))


def set_query(request: Any) -> None:
    request.url += "?other=1"


def set_header(request: Any) -> None:
    request.headers["Content-Type"] = "application/json"


def drop_header(request: Any) -> None:
    signed = request.headers["Authorization"].decode()
    request.headers["Authorization"] = signed.replace("content-type;", "")


def set_signature(request: Any) -> None:
    signed = request.headers["Authorization"].decode()
    request.headers["Authorization"] = re.sub(r"Signature=.", "Signature=é", signed).encode("latin-1")


@pytest.mark.parametrize("tamper", [set_body, set_query, set_header, drop_header, set_signature])
def test_whatever_is_changed_after_signing_breaks_the_signature(
    endpoint: ScriptedRegistry, tamper: Callable[[Any], None]
) -> None:
    caller = client(endpoint)
    caller.meta.events.register("before-send.ecr.*", lambda request, **_: tamper(request))
    assert refusal(caller) == MISMATCH


def test_a_body_that_is_not_the_one_of_the_signed_digest_breaks_the_signature(
    ecr: Ecr, endpoint: ScriptedRegistry
) -> None:
    def set_digest(request: Any, **_: Any) -> None:
        request.headers["X-Amz-Content-SHA256"] = "0" * 64

    caller = client(endpoint)
    caller.meta.events.register("before-sign.ecr.*", set_digest)
    assert refusal(caller) == MISMATCH


STAMP = r"\d{8}T\d{6}Z"


def test_a_signature_is_too_old_for_a_server_whose_clock_is_ahead(
    ecr: Ecr, endpoint: ScriptedRegistry
) -> None:
    ecr.clock_offset_seconds = 600
    code, message, status = refusal(client(endpoint))
    assert (code, status) == ("InvalidSignatureException", 400)
    expected = rf"Signature expired: {STAMP} is now earlier than {STAMP} \({STAMP} - 5 min\.\)"
    assert re.fullmatch(expected, message)


def test_a_signature_is_of_the_future_for_a_server_whose_clock_is_behind(
    ecr: Ecr, endpoint: ScriptedRegistry
) -> None:
    ecr.clock_offset_seconds = -600
    code, message, status = refusal(client(endpoint))
    assert (code, status) == ("InvalidSignatureException", 400)
    expected = rf"Signature not yet current: {STAMP} is still later than {STAMP} \({STAMP} \+ 5 min\.\)"
    assert re.fullmatch(expected, message)


@pytest.mark.parametrize("offset", [-240, 0, 240])
def test_a_clock_that_is_little_off_does_no_harm_and_shows_in_the_date(
    ecr: Ecr, endpoint: ScriptedRegistry, offset: int
) -> None:
    ecr.clock_offset_seconds = offset
    metadata = client(endpoint).get_authorization_token()["ResponseMetadata"]
    date = email.utils.parsedate_to_datetime(metadata["HTTPHeaders"]["date"]).timestamp()
    assert date == pytest.approx(time.time() + offset, abs=30)


def test_a_region_that_is_not_served_is_no_valid_scope(endpoint: ScriptedRegistry) -> None:
    message = "Credential should be scoped to a valid region. "
    expected = "InvalidSignatureException", message, 400
    assert refusal(client(endpoint, region="ap-south-1")) == expected


def test_the_signature_of_another_service_is_no_valid_scope(endpoint: ScriptedRegistry) -> None:
    def sign_for_public(context: dict[str, Any], **_: Any) -> None:
        context["signing"] = {"signing_name": "ecr-public"}

    caller = client(endpoint)
    caller.meta.events.register("choose-signer.ecr.*", sign_for_public)
    message = "Credential should be scoped to correct service: 'ecr'. "
    assert refusal(caller) == ("InvalidSignatureException", message, 400)


def test_the_scope_of_another_day_is_no_valid_scope(endpoint: ScriptedRegistry) -> None:
    def set_day(request: Any, **_: Any) -> None:
        signed = request.headers["Authorization"].decode()
        request.headers["Authorization"] = re.sub(r"/\d{8}/", "/20200101/", signed)

    caller = client(endpoint)
    caller.meta.events.register("before-send.ecr.*", set_day)
    code, message, status = refusal(caller)
    assert (code, status) == ("InvalidSignatureException", 400)
    assert "'20200101' != '" in message


@pytest.mark.parametrize(
    ("service", "action"),
    [
        ("ecr", "ecr:GetAuthorizationToken"),
        ("ecr-public", "ecr-public:GetAuthorizationToken"),
        ("ecr-public", "sts:GetServiceBearerToken"),
    ],
)
@pytest.mark.parametrize(
    ("denial", "reason"),
    [
        (aws.NO_POLICY, "because no identity-based policy allows the {} action"),
        (aws.EXPLICIT_DENY, "with an explicit deny in an identity-based policy"),
        (aws.BARE_DENY, "with an explicit deny"),
    ],
)
def test_a_denied_action_is_named_with_the_user_and_the_reason(
    ecr: Ecr, endpoint: ScriptedRegistry, service: str, action: str, denial: str, reason: str
) -> None:
    ecr.keys[KEY.id] = dataclasses.replace(KEY, denied=(action,), denial=denial)
    message = (
        f"User: arn:aws:iam::{ACCOUNT}:user/ci is not authorized to perform: {action} on resource: * "
        + reason.format(action)
    )
    assert refusal(client(endpoint, service)) == ("AccessDeniedException", message, 400)
    assert ecr.issued == []


def test_a_denied_action_of_one_service_leaves_the_other_alone(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    denied = ("ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken")
    ecr.keys[KEY.id] = dataclasses.replace(KEY, denied=denied)
    client(endpoint).get_authorization_token()


def test_a_temporary_key_is_denied_as_its_role(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    denied = dataclasses.replace(TEMPORARY, denied=("ecr:GetAuthorizationToken",))
    ecr.keys[TEMPORARY.id] = denied
    assert f"User: arn:aws:sts::{ACCOUNT}:assumed-role/ci/" in refusal(client(endpoint, key=denied))[1]


def test_ecr_public_has_tokens_in_one_region_only(endpoint: ScriptedRegistry) -> None:
    message = "GetAuthorizationToken command is only supported in us-east-1."
    expected = "UnsupportedCommandException", message, 400
    assert refusal(client(endpoint, "ecr-public", region="eu-west-1")) == expected


def test_a_request_without_a_signature_is_refused(endpoint: ScriptedRegistry) -> None:
    caller = client(endpoint, signature_version=botocore.UNSIGNED)
    expected = "MissingAuthenticationTokenException", "Missing Authentication Token", 400
    assert refusal(caller) == expected


def test_an_incomplete_signature_is_refused(endpoint: ScriptedRegistry) -> None:
    code, _, status = refusal(client(endpoint, key=dataclasses.replace(KEY, id="AKIA/IOSFODNN7")))
    assert (code, status) == ("IncompleteSignatureException", 400)


def test_another_operation_is_unknown(endpoint: ScriptedRegistry) -> None:
    with pytest.raises(ClientError, match="UnknownOperationException"):
        client(endpoint).describe_repositories()


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [(aws.THROTTLED, "ThrottlingException", 400), (aws.BROKEN, "ServerException", 500)],
)
@BOTH
def test_the_api_can_throttle_and_fail(
    ecr: Ecr, endpoint: ScriptedRegistry, service: str, answer: Answer, code: str, status: int
) -> None:
    ecr.unavailable = answer
    assert refusal(client(endpoint, service))[::2] == (code, status)
    ecr.unavailable = None
    client(endpoint, service).get_authorization_token()


# The docker side


def fetch(url: str, authorization: str | None = None) -> Fetched:
    headers = {"Authorization": authorization} if authorization else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def ping(registry: EcrRegistry | EcrPublicRegistry, authorization: str | None = None) -> Fetched:
    with ScriptedRegistry(registry) as server:
        return fetch(f"{server.url}/v2/", authorization)


def test_ecr_asks_for_basic_credentials_in_plain_text(ecr: Ecr) -> None:
    status, headers, body = ping(EcrRegistry(HOST, ecr))
    assert (status, body) == (401, b"Not Authorized\n")
    assert headers["Www-Authenticate"] == f'Basic realm="https://{HOST}/",service="ecr.amazonaws.com"'
    assert headers["Content-Type"].startswith("text/plain")


def test_ecr_lets_in_with_a_token_that_boto3_got(ecr: Ecr, endpoint: ScriptedRegistry) -> None:
    [data] = client(endpoint).get_authorization_token()["authorizationData"]
    status, headers, body = ping(EcrRegistry(HOST, ecr), f"Basic {data['authorizationToken']}")
    assert (status, body) == (200, b"{}")
    assert headers["Docker-Distribution-Api-Version"] == "registry/2.0"


@pytest.mark.parametrize(
    "host",
    [
        f"{ACCOUNT}.dkr.ecr-fips.us-east-1.amazonaws.com",
        f"{ACCOUNT}.dkr-ecr.us-east-1.on.aws",
        "210987654321.dkr.ecr.us-east-1.amazonaws.com",
    ],
)
def test_a_token_serves_at_all_registries_of_its_region(ecr: Ecr, host: str) -> None:
    token = ecr.issue(ACCOUNT, "us-east-1")
    assert ping(EcrRegistry(host, ecr), basic("AWS", token.password))[0] == 200


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (None, b"Your Authorization Token has expired. Please run 'aws ecr get-login' to fetch a new one."),
        (
            aws.EXPIRED_JSON,
            b'{"errors":[{"code":"DENIED","message":"Your authorization token has expired. '
            b'Reauthenticate and try again."}]}\n',
        ),
    ],
)
def test_ecr_tells_that_a_token_has_expired(ecr: Ecr, form: Answer | None, text: bytes) -> None:
    token = ecr.issue(ACCOUNT, "us-east-1", lifetime=-3600)
    status, _, body = ping(EcrRegistry(HOST, ecr, expired=form), basic("AWS", token.password))
    assert (status, body) == (403, text)


def test_a_token_expires_by_the_server_s_clock(ecr: Ecr) -> None:
    token = ecr.issue(ACCOUNT, "us-east-1")
    ecr.clock_offset_seconds = 13 * 3600
    status, headers, _ = ping(EcrRegistry(HOST, ecr), basic("AWS", token.password))
    assert status == 403
    date = email.utils.parsedate_to_datetime(headers["Date"]).timestamp()
    assert date == pytest.approx(time.time() + 13 * 3600, abs=30)


@pytest.mark.parametrize(
    "credential",
    [
        pytest.param(lambda ecr: basic("AWS", ecr.issue(ACCOUNT, "eu-west-1").password), id="other region"),
        pytest.param(lambda ecr: basic(KEY.id, KEY.secret), id="access key"),
        pytest.param(lambda ecr: basic("AWS", "eyJwYXlsb2FkIjoi"), id="mangled"),
        pytest.param(lambda ecr: basic("bob", ecr.issue(ACCOUNT, "us-east-1").password), id="other user"),
        pytest.param(lambda ecr: basic("AWS", public_token(ecr).password), id="of ECR Public"),
        pytest.param(lambda ecr: "Basic ###", id="no base64"),
        pytest.param(lambda ecr: "Bearer token", id="bearer"),
    ],
)
def test_ecr_answers_any_other_credential_with_an_empty_400(
    ecr: Ecr, credential: Callable[[Ecr], str]
) -> None:
    status, headers, body = ping(EcrRegistry(HOST, ecr), credential(ecr))
    assert (status, body) == (400, b"")
    assert "Www-Authenticate" not in headers


@pytest.mark.parametrize("account", ["210987654321", "1234-5678-9012", "None"])
def test_an_account_that_does_not_exist_has_a_host_that_answers_400(ecr: Ecr, account: str) -> None:
    registry = EcrRegistry(HOST.replace(ACCOUNT, account), ecr, accounts={ACCOUNT})
    assert ping(registry)[0] == 401
    token = ecr.issue(ACCOUNT, "us-east-1")
    assert ping(registry, basic("AWS", token.password))[0] == 400


def public_token(ecr: Ecr, lifetime: float | None = None) -> Token:
    return ecr.issue(ACCOUNT, "us-east-1", lifetime, "ecr-public")


def test_ecr_public_sends_to_its_own_token_service(ecr: Ecr) -> None:
    with ScriptedRegistry(EcrPublicRegistry(ecr)) as server:
        status, headers, body = fetch(f"{server.url}/v2/")
        realm = f"{server.url}/token/"
    assert (status, body) == (401, b'{"errors":[{"code":"DENIED","message":"Not Authorized"}]}\n')
    assert headers["Www-Authenticate"] == f'Bearer realm="{realm}",service="public.ecr.aws",scope="aws"'


@pytest.mark.parametrize(("logged_in", "account"), [(True, ACCOUNT), (False, "")])
def test_ecr_public_grants_to_a_token_that_boto3_got_and_to_nobody(
    ecr: Ecr, endpoint: ScriptedRegistry, logged_in: bool, account: str
) -> None:
    data = client(endpoint, "ecr-public").get_authorization_token()["authorizationData"]
    registry = EcrPublicRegistry(ecr)
    with ScriptedRegistry(registry) as server:
        authorization = f"Basic {data['authorizationToken']}" if logged_in else None
        status, _, body = fetch(f"{server.url}/token/?service=public.ecr.aws", authorization)
        token = json.loads(body)["token"]
        assert (status, registry.granted) == (200, {token: account})
        assert fetch(f"{server.url}/v2/", f"Bearer {token}")[0] == 200


@pytest.mark.parametrize(
    ("credential", "status", "message"),
    [
        pytest.param(lambda ecr: basic(KEY.id, KEY.secret), 401, "Not Authorized", id="access key"),
        pytest.param(lambda ecr: basic("AWS", "eyJwYXlsb2FkIjoi"), 400, aws.INVALID, id="mangled"),
        pytest.param(
            lambda ecr: basic("AWS", ecr.issue(ACCOUNT, "us-east-1").password),
            400,
            aws.INVALID,
            id="of private ECR",
        ),
        pytest.param(
            lambda ecr: basic("AWS", public_token(ecr, -60).password),
            403,
            "Your authorization token has expired. Reauthenticate and try again.",
            id="expired",
        ),
    ],
)
def test_the_token_service_of_ecr_public_refuses_any_other_credential(
    ecr: Ecr, credential: Callable[[Ecr], str], status: int, message: str
) -> None:
    registry = EcrPublicRegistry(ecr)
    with ScriptedRegistry(registry) as server:
        got, _, body = fetch(f"{server.url}/token/", credential(ecr))
    assert (got, json.loads(body)["errors"]) == (status, [{"code": "DENIED", "message": message}])
    assert registry.granted == {}


@pytest.mark.parametrize(
    "credential",
    [lambda ecr: "Bearer other", lambda ecr: basic("AWS", public_token(ecr).password)],
    ids=["unknown bearer", "basic"],
)
def test_ecr_public_itself_takes_nothing_but_what_its_token_service_gave(
    ecr: Ecr, credential: Callable[[Ecr], str]
) -> None:
    status, headers, body = ping(EcrPublicRegistry(ecr), credential(ecr))
    assert (status, len(body)) == (400, 80)
    assert "Www-Authenticate" not in headers
