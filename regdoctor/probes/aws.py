"""AWS: an access key exchanged for a registry's token.

boto3 chooses the endpoint, signs and reads the answer; the request itself goes the way of all others here,
with their deadline, proxy, certificates and log. What AWS's own configuration on this machine says of
profiles, keys and sessions is left aside: the key is that of the set and no other.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
from urllib.parse import urlsplit

from regdoctor.address import Endpoint, endpoint_of, is_host, is_ip_address, is_loopback, normal_host
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.silence import silence_logs
from regdoctor.record import Record
from regdoctor.registries.aws import is_api
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World
    from regdoctor.registries.registry import Exchange


_LONGEST = 16 << 10
"""Characters of a token; real ones have three thousand."""


class Token(Record):
    """What a key was exchanged for."""

    user: str
    password: Secret
    expires_at: int | None
    account: str | None
    """The account that the key belongs to."""
    endpoint: str
    """Who made the exchange."""


class AwsRefusal(Exception):
    """AWS's answer to an exchange that it did not make. Its words hold no secret."""

    def __init__(self, code: str, message: str, status: int, endpoint: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.endpoint = endpoint


def warm_up() -> None:
    """Load boto3 ahead of its use: that takes as long as a registry's first answers."""
    with contextlib.suppress(Exception):  # the exchange meets it again, and says so
        import boto3  # noqa: F401


def exchange(world: World, where: Exchange, key_id: str, secret: Secret, deadline: Deadline) -> Token:
    """Exchange an access key; raises `AwsRefusal`, or `ProbeFailure` when AWS is not reached."""
    import botocore.exceptions

    courier = _Courier(world, deadline)
    client = _client(where, key_id, secret, configured_endpoint(where.service, world.environ))
    client.meta.events.register("before-send", courier.carry)
    try:
        answer = client.get_authorization_token()
    except ProbeFailure:
        raise
    except botocore.exceptions.ClientError as error:
        said = error.response.get("Error", {})
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        code, message = str(said.get("Code", "")), str(said.get("Message", ""))
        raise AwsRefusal(code, message, status, courier.asked) from None
    except Exception as error:
        # What is no answer of AWS makes boto3 stumble in many ways. Their words may quote anything.
        raise ProbeFailure(
            "not-a-registry",
            f"{courier.asked or 'the AWS API'} gave no answer of AWS ({type(error).__name__})",
            facts={"host": courier.asked},
        ) from None
    finally:
        client.close()
    return _token(answer, courier.asked)


def configured_endpoint(service: str, environ: Mapping[str, str]) -> str | None:
    """The endpoint that the environment names instead of the usual one; raises `ProbeFailure` if it is none.

    It may be another of AWS's own, or on this machine: a key is for AWS, and who can set a variable, by a
    file of the repository for example, need not be the one whom the key belongs to.
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    """
    if environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return None
    own = f"AWS_ENDPOINT_URL_{service.upper().replace('-', '_')}"
    name = own if environ.get(own) else "AWS_ENDPOINT_URL"
    url = environ.get(name)
    if not url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and _is_place(parts.hostname or "") and parts.port != 0
    except ValueError:
        usable = False
    if not usable or url != url.strip():
        what = f"{name} holds no address of the form https://HOST"
        raise ProbeFailure("not-a-registry", what, facts={"host": name})
    host = normal_host(parts.hostname or "")
    if not (is_api(host) or is_loopback(host)):
        what = f"{name} names {host}, which is neither AWS's nor this machine"
        raise ProbeFailure("realm-not-trusted", what, facts={"realm": host, "host": name})
    return url


def _is_place(host: str) -> bool:
    return is_host(host) or is_ip_address(host)


def _client(where: Exchange, key_id: str, secret: Secret, endpoint_url: str | None) -> Any:
    silence_logs()
    import boto3
    import botocore.session
    from botocore.config import Config
    from botocore.loaders import Loader

    ambient = botocore.session.Session.SESSION_VARIABLES
    # Nothing is read from AWS's variables and files.
    defaults = {name: (None, None, default, convert) for name, (_, _, default, convert) in ambient.items()}
    files = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    core = botocore.session.Session(session_vars=defaults | files)

    class OneService(Loader):  # type: ignore[misc]  # botocore has no types
        """Takes for granted that the service exists: to look for it, botocore reads 900 folders."""

        def list_available_services(self, type_name: str) -> list[str]:
            return [where.service]

    # Nor from ~/.aws/models, where another endpoint could be written.
    own = OneService(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    core.register_component("data_loader", own)
    session = boto3.Session(
        botocore_session=core,
        aws_access_key_id=key_id,
        aws_secret_access_key=secret.reveal(),
        region_name=where.region,
    )
    config = Config(
        retries={"total_max_attempts": 1, "mode": "standard"},
        ignore_configured_endpoint_urls=True,
        use_fips_endpoint=where.fips,
        use_dualstack_endpoint=where.dual_stack,
        defaults_mode="legacy",
        proxies={},
    )
    return session.client(where.service, endpoint_url=endpoint_url, config=config)


class _Courier:
    """Sends what boto3 has signed."""

    def __init__(self, world: World, deadline: Deadline) -> None:
        self._world = world
        self._deadline = deadline
        self.asked = ""
        """The host that was asked."""

    def carry(self, request: Any, **_: object) -> Any:
        """One signed request, and the answer in boto3's form."""
        from botocore.awsrequest import AWSResponse, HeadersDict

        url = urlsplit(request.url)
        plain = url.scheme == "http"
        endpoint = endpoint_of(url.hostname or "", url.port or (80 if plain else 443))
        self.asked = endpoint.authority
        if plain and not is_loopback(endpoint.host):
            raise ProbeFailure(
                "realm-not-trusted",
                f"AWS_ENDPOINT_URL names {endpoint.authority} without encryption",
                "the token would come back in clear",
                facts={"realm": endpoint.authority, "host": "AWS_ENDPOINT_URL"},
            )
        if not plain:
            self._trust_bundle(endpoint)
        headers = {name: _text(value) for name, value in request.headers.items()}
        target = f"{url.path or '/'}{f'?{url.query}' if url.query else ''}"
        body = request.body.encode() if isinstance(request.body, str) else bytes(request.body or b"")
        headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
        response = self._world.ask(
            endpoint,
            target,
            headers,
            self._deadline,
            method=request.method,
            body=body,
            plain_http=plain,
            once=True,
        )
        answer = AWSResponse(request.url, response.status, HeadersDict(response.headers), None)
        answer._content = response.body  # where botocore keeps a body that it has read
        return answer

    def _trust_bundle(self, endpoint: Endpoint) -> None:
        bundle = self._world.environ.get("AWS_CA_BUNDLE")
        if not bundle:
            return
        try:
            self._world.trusted(bundle)
        except OSError:
            what = f"AWS_CA_BUNDLE names {bundle}, which holds no certificates"
            raise ProbeFailure("tls-unknown-ca", what, facts={"host": endpoint.authority}) from None
        self._world.trust_for(endpoint, bundle)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _token(answer: Mapping[str, Any], asked: str) -> Token:
    data = answer.get("authorizationData")
    # ECR answers with a list, ECR Public with one.
    first = data[0] if isinstance(data, list) and data else data
    encoded = first.get("authorizationToken") if isinstance(first, dict) else None
    encoded = encoded if isinstance(encoded, str) and len(encoded) <= _LONGEST else ""
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode("ascii").partition(":")
    except ValueError:
        user = colon = password = ""
    if not (user and colon and password and password.isprintable()):
        raise ProbeFailure("not-a-registry", f"{asked} answered without a token", facts={"host": asked})
    assert isinstance(first, dict)
    moment = first.get("expiresAt")
    own = re.match(r"https://(\d{12})\.dkr[.-]ecr", str(first.get("proxyEndpoint", "")))
    return Token(
        user, Secret(password), int(moment.timestamp()) if moment else None, own[1] if own else None, asked
    )
