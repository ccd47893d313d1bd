"""Owns the stand-in for AWS: the ECR API, which verifies Signature Version 4, and ECR's docker registries.

`Ecr` answers GetAuthorizationToken of ECR and of ECR Public for one or more regions; `EcrRegistry` and
`EcrPublicRegistry` are the hosts that docker logs in to, with the tokens that an `Ecr` has issued.

The order of the API's checks is the one that dynalite's author found AWS's front end to have (mhart/dynalite,
index.js). Its refusals are 400 where the reference says 403, as clients report them from ECR itself:
https://github.com/upmc-enterprises/registry-creds/issues/24,
https://github.com/terraform-aws-modules/terraform-aws-iam/issues/514.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime
import email.utils
import hashlib
import hmac
import json
import re
import secrets
import time
import urllib.parse
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.lab import handlers
from tests.lab.scripted import Answer, Request

ALGORITHM = "AWS4-HMAC-SHA256"
STAMP = "%Y%m%dT%H%M%SZ"
TOLERANCE_MINUTES = 5
"""How far a signature's time may be off: 5 in convox/rack#235 and s12v/awsbeats#48, but ECR said 15 in 2017:
upmc-enterprises/registry-creds#24."""

SERVICES = {"AmazonEC2ContainerRegistry_V20150921": "ecr", "SpencerFrontendService": "ecr-public"}
"""The signing name of each service by the prefix of its X-Amz-Target."""

ACTIONS = {
    "ecr": ("ecr:GetAuthorizationToken",),
    # https://docs.aws.amazon.com/cli/latest/reference/ecr-public/get-login-password.html
    "ecr-public": ("ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"),
}
"""What a key must be allowed to do to get a token of each service."""

# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html, fluxcd/pkg#938; the last,
# an old one, aws/aws-cli#5592
NO_POLICY = "because no identity-based policy allows the {action} action"
EXPLICIT_DENY = "with an explicit deny in an identity-based policy"
BARE_DENY = "with an explicit deny"


def _json(body: object, status: int = 200) -> Answer:
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": str(uuid.uuid4())}
    return Answer(status, headers, body)


def _refusal(code: str, message: str, status: int = 400) -> Answer:
    """An error in the form that the JSON 1.1 protocol gives it."""
    return _json({"__type": code, "message": message}, status)


# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html (400)
THROTTLED = _refusal("ThrottlingException", "Rate exceeded")
# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html (500)
BROKEN = _refusal("ServerException", "Service unavailable, please try again.", 500)


@dataclass(frozen=True)
class Key:
    """An access key of an IAM user, or with a `session_token` (its id is ASIA…) a temporary one of a role."""

    id: str
    secret: str
    user: str = "ci"
    account: str = "123456789012"
    state: Literal["active", "inactive"] = "active"
    session_token: str | None = None
    expired: bool = False
    denied: tuple[str, ...] = ()
    """Actions that are refused, as "ecr:GetAuthorizationToken"."""
    denial: str = NO_POLICY
    """How the refusal goes on after "on resource: * "."""

    @property
    def arn(self) -> str:
        if self.session_token is None:
            return f"arn:aws:iam::{self.account}:user/{self.user}"
        return f"arn:aws:sts::{self.account}:assumed-role/{self.user}/lab"


@dataclass(frozen=True)
class Token:
    """A password for the user AWS, as GetAuthorizationToken hands it out."""

    password: str
    account: str
    region: str
    expires_at: float
    """By the server's clock."""
    service: str

    @property
    def authorization_token(self) -> str:
        """The form in which the API gives it: user and password in base64."""
        return _base64(f"AWS:{self.password}".encode())


class _Refused(Exception):
    def __init__(self, code: str, message: str, status: int = 400) -> None:
        self.answer = _refusal(code, message, status)


class Ecr:
    """The endpoint of the ECR API in `regions`; it answers for ECR and for ECR Public.

    Its clock is `clock_offset_seconds` ahead of ours. While `unavailable` is set (to THROTTLED, BROKEN or any
    other answer) everybody gets that. All of it may be changed at any time.
    """

    def __init__(
        self,
        keys: Iterable[Key] = (),
        *,
        regions: Collection[str] = ("us-east-1",),
        clock_offset_seconds: float = 0,
        token_lifetime: float = 12 * 3600,
        unavailable: Answer | None = None,
    ) -> None:
        self.keys = {key.id: key for key in keys}
        self.regions = regions
        self.clock_offset_seconds = clock_offset_seconds
        self.token_lifetime = token_lifetime
        self.unavailable = unavailable
        self.tokens: dict[str, Token] = {}
        """All that was issued, by password."""
        self.issued: list[Token] = []

    def __call__(self, request: Request) -> Answer:
        try:
            return self.dated(self.unavailable or self._get_authorization_token(request))
        except _Refused as refused:
            return self.dated(refused.answer)

    def now(self) -> float:
        return time.time() + self.clock_offset_seconds

    def dated(self, answer: Answer) -> Answer:
        """The answer with the time of the server's clock."""
        pairs = answer.headers.items() if isinstance(answer.headers, Mapping) else answer.headers
        date = email.utils.formatdate(self.now(), usegmt=True)
        return dataclasses.replace(answer, headers=[*pairs, ("Date", date)])

    def issue(self, account: str, region: str, lifetime: float | None = None, service: str = "ecr") -> Token:
        """Makes a token without a request; with a negative lifetime it has expired already."""
        expires_at = self.now() + (self.token_lifetime if lifetime is None else lifetime)
        content = {
            "payload": _base64(secrets.token_bytes(900)),
            "datakey": _base64(b"\x01\x01\x01\x00\x78" + secrets.token_bytes(180)),
            "version": "2",
            "type": "DATA_KEY",
            "expiration": int(expires_at),
        }
        password = _base64(json.dumps(content, separators=(",", ":")).encode())
        token = Token(password, account, region, expires_at, service)
        self.tokens[password] = token
        self.issued.append(token)
        return token

    def has_expired(self, token: Token) -> bool:
        return token.expires_at <= self.now()

    def _get_authorization_token(self, request: Request) -> Answer:
        prefix, _, operation = request.headers.get("x-amz-target", "").partition(".")
        service = SERVICES.get(prefix)
        if request.method != "POST" or service is None or operation != "GetAuthorizationToken":
            # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
            raise _Refused("UnknownOperationException", "The requested operation is not recognized.", 404)
        key, region = self._authenticate(request, service)
        for action in ACTIONS[service]:
            if action in key.denied:
                # https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html
                denial = key.denial.format(action=action)
                message = f"User: {key.arn} is not authorized to perform: {action} on resource: * {denial}"
                raise _Refused("AccessDeniedException", message)
        if service == "ecr-public" and region != "us-east-1":
            # https://github.com/codeship-library/aws-utilities/pull/117
            message = "GetAuthorizationToken command is only supported in us-east-1."
            raise _Refused("UnsupportedCommandException", message)
        token = self.issue(key.account, region, service=service)
        data: dict[str, object] = {
            "authorizationToken": token.authorization_token,
            "expiresAt": round(token.expires_at, 3),
        }
        if service == "ecr":
            data["proxyEndpoint"] = f"https://{key.account}.dkr.ecr.{region}.amazonaws.com"
        return _json({"authorizationData": [data] if service == "ecr" else data})

    def _authenticate(self, request: Request, service: str) -> tuple[Key, str]:
        """Whose the signature is, and for which region."""
        scheme, _, parameters = (request.authorization or "").partition(" ")
        if scheme != ALGORITHM:
            # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
            raise _Refused("MissingAuthenticationTokenException", "Missing Authentication Token")
        given = {name: value for name, _, value in (p.strip().partition("=") for p in parameters.split(","))}
        stamp = request.headers.get("x-amz-date", "")
        scope = re.fullmatch(r"([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request", given.get("Credential", ""))
        complete = {"SignedHeaders", "Signature"} <= given.keys() and re.fullmatch(r"\d{8}T\d{6}Z", stamp)
        if scope is None or not complete:
            # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
            message = f"The request signature does not conform to AWS standards: {request.authorization}"
            raise _Refused("IncompleteSignatureException", message)
        self._check_age(stamp)
        key_id, day, region, scoped_service = scope.groups()
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
        faults = ""
        if region not in self.regions:
            faults += "Credential should be scoped to a valid region. "
        if scoped_service != service:
            faults += f"Credential should be scoped to correct service: '{service}'. "
        if day != stamp[:8]:
            faults += (
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                f"'{day}' != '{stamp[:8]}', from '{stamp}'. "
            )
        if faults:
            _invalid_signature(faults)
        key = self.keys.get(key_id)
        session_token = request.headers.get("x-amz-security-token")
        if key is None or key.state == "inactive" or session_token != key.session_token:
            # https://github.com/aws/aws-cli/issues/3500
            message = "The security token included in the request is invalid."
            raise _Refused("UnrecognizedClientException", message)
        if key.expired:
            # https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html
            raise _Refused("ExpiredTokenException", "The security token included in the request is expired")
        signature = _signature(request, key, service, region, stamp, given["SignedHeaders"].split(";"))
        if not hmac.compare_digest(signature.encode(), given["Signature"].encode()):
            # https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
            _invalid_signature(
                "The request signature we calculated does not match the signature you provided. Check your "
                "AWS Secret Access Key and signing method. Consult the service documentation for details."
            )
        return key, region

    def _check_age(self, stamp: str) -> None:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html, s12v/awsbeats#48
        now = datetime.datetime.fromtimestamp(self.now(), datetime.UTC)
        tolerance = datetime.timedelta(minutes=TOLERANCE_MINUTES)
        earliest, latest = (now - tolerance).strftime(STAMP), (now + tolerance).strftime(STAMP)
        clock = now.strftime(STAMP)
        if stamp < earliest:
            margin = f"({clock} - {TOLERANCE_MINUTES} min.)"
            _invalid_signature(f"Signature expired: {stamp} is now earlier than {earliest} {margin}")
        if stamp > latest:
            margin = f"({clock} + {TOLERANCE_MINUTES} min.)"
            _invalid_signature(f"Signature not yet current: {stamp} is still later than {latest} {margin}")


def _plain(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, {**handlers.API_VERSION, **(headers or {})}, text)


def _denied(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    body = json.dumps({"errors": [{"code": "DENIED", "message": message}]}, separators=(",", ":")) + "\n"
    return _plain(status, body, {**(headers or {}), "Content-Type": "application/json; charset=utf-8"})


# https://github.com/kreuzwerker/terraform-provider-docker/pull/666
INVALID = "Your Authorization Token is invalid."
# https://github.com/awslabs/amazon-ecr-credential-helper/issues/7
EXPIRED_TEXT = _plain(
    403, "Your Authorization Token has expired. Please run 'aws ecr get-login' to fetch a new one."
)
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html, flipt-io/flipt#3043
EXPIRED_JSON = _denied(403, "Your authorization token has expired. Reauthenticate and try again.")


class EcrRegistry:
    """The docker side of ECR at `host`, as 123456789012.dkr.ecr.us-east-1.amazonaws.com.

    Where `accounts` are given no others exist. A token of any account serves, if it is for the region of the
    host. `expired` is what an old one gets: EXPIRED_TEXT, or EXPIRED_JSON, which is what people see of late.
    """

    def __init__(
        self,
        host: str,
        ecr: Ecr,
        accounts: Collection[str] | None = None,
        *,
        expired: Answer | None = None,
        images: Collection[str] = (),
    ) -> None:
        self.ecr = ecr
        self.expired = expired or EXPIRED_TEXT
        # https://github.com/NVIDIA/enroot/issues/59
        challenge = f'Basic realm="https://{host}/",service="ecr.amazonaws.com"'
        self._required = _plain(401, "Not Authorized\n", {"Www-Authenticate": challenge})
        self._let_in = handlers.anonymous(images)
        parts = re.match(r"(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.", host)
        self._exists = parts is not None and (accounts is None or parts[1] in accounts)
        self._region = parts[2] if parts else ""

    def __call__(self, request: Request) -> Answer:
        return self.ecr.dated(self._answer(request))

    def _answer(self, request: Request) -> Answer:
        if request.authorization is None:
            return self._required
        user, password = request.basic or ("", "")
        token = self.ecr.tokens.get(password) if user == "AWS" and self._exists else None
        if token is None or (token.service, token.region) != ("ecr", self._region):
            # https://github.com/aws/aws-cli/issues/5317
            return Answer(400, handlers.API_VERSION)
        return self.expired if self.ecr.has_expired(token) else self._let_in(request)


class EcrPublicRegistry:
    """The docker side of ECR Public: a registry with its token service, at /token/ of the host asked."""

    def __init__(self, ecr: Ecr, *, images: Collection[str] = ()) -> None:
        self.ecr = ecr
        self.granted: dict[str, str] = {}
        """The account of each bearer token handed out; "" for nobody's."""
        self._let_in = handlers.anonymous(images)

    def __call__(self, request: Request) -> Answer:
        is_token = request.path.rstrip("/") == "/token"
        return self.ecr.dated(self._token(request) if is_token else self._registry(request))

    def _registry(self, request: Request) -> Answer:
        if request.authorization is None:
            challenge = f'Bearer realm="{request.base_url}/token/",service="public.ecr.aws",scope="aws"'
            return _denied(401, "Not Authorized", {"Www-Authenticate": challenge})
        if request.bearer not in self.granted:
            # https://github.com/dependabot/proxy/issues/157, https://github.com/lablup/backend.ai/pull/2549
            return _denied(400, INVALID)
        return self._let_in(request)

    def _token(self, request: Request) -> Answer:
        account = ""
        if request.authorization is not None:
            user, password = request.basic or ("", "")
            if user != "AWS":
                # https://github.com/docker/login-action/issues/38
                return _denied(401, "Not Authorized")
            token = self.ecr.tokens.get(password)
            if token is None or token.service != "ecr-public":
                return _denied(400, INVALID)
            if self.ecr.has_expired(token):
                # https://github.com/awslabs/amazon-ecr-credential-helper/issues/286
                return EXPIRED_JSON
            account = token.account
        bearer = _base64(secrets.token_bytes(300))
        self.granted[bearer] = account
        return Answer(headers={"Content-Type": "application/json; charset=utf-8"}, body={"token": bearer})


def _signature(
    request: Request, key: Key, service: str, region: str, stamp: str, signed_headers: Iterable[str]
) -> str:
    """What the signature has to be, from what has been received."""
    signer = SigV4Auth(Credentials(key.id, key.secret), service, region)
    received = AWSRequest(
        method=request.method,
        url=request.base_url + urllib.parse.quote(request.path),
        headers={name: request.headers[name] for name in signed_headers if name in request.headers},
        data=request.body,
        params=[(name, value) for name, values in request.query.items() for value in values],
    )
    received.context["timestamp"] = stamp
    if "x-amz-content-sha256" in received.headers:  # the signer would believe it
        received.headers.replace_header("x-amz-content-sha256", hashlib.sha256(request.body).hexdigest())
    string_to_sign = signer.string_to_sign(received, signer.canonical_request(received))
    return str(signer.signature(string_to_sign, received))


def _invalid_signature(message: str) -> NoReturn:
    raise _Refused("InvalidSignatureException", message)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
