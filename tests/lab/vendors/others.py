"""Owns the scripted registries that differ in little more than realm, service and refusal."""

from __future__ import annotations

import string
import uuid
from typing import Literal

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Handler
from tests.lab.vendors.desk import Desk, except_manifests, knowing
from tests.lab.vendors.vendor import ALPHANUMERIC, HEX, Vendor, json_web_token, made_up


def harbor(
    authority: Authority,
    host: str = "harbor.example.com",
    *,
    silent: bool = False,
    no_pull: bool = False,
) -> Vendor:
    """`silent` refuses without a word, as src/core/service/token/token.go of goharbor/harbor does."""
    # goharbor/website create-robot-accounts.md: the name; the form of the secret is assumed
    user, password = "robot$octo+puller", made_up(32)
    # observed: goharbor/harbor#20051 and many more; also of an expired or disabled robot
    refusal = handlers.error(401, "UNAUTHORIZED", "authentication required")
    if silent:
        refusal = Answer(401)
    desk = _desk(f"https://{host}/service/token", "harbor-registry", user, password, refusal)
    if no_pull:
        # goharbor/harbor#15410
        text = "unauthorized to access repository: octo/app, action: pull"
        desk.content = except_manifests(handlers.error(401, "UNAUTHORIZED", f"{text}: {text}"))
    return _vendor(authority, host, desk, user, password, made_up(32))


def artifactory(
    authority: Authority,
    host: str = "acme.jfrog.io",
    *,
    basic: bool = False,
    open_door: bool = False,
) -> Vendor:
    """`basic` asks for the password itself; `open_door` lets everybody in and so asks for nothing."""
    user, password = "octopuller", _reference_token()
    if basic:
        # the realm: observed by third parties; the body: jfrog/jfrog-cli#416, assumed of /v2/
        challenge = {"WWW-Authenticate": 'Basic realm="Artifactory Realm"'}
        body = {"errors": [{"status": 401, "message": "Bad credentials"}]}
        registry = handlers.basic(
            {user: password}, realm="Artifactory Realm", refusal=Answer(401, challenge, body)
        )
        return _of_one(authority, host, registry, user, password, _reference_token())
    if open_door:
        # jfrog.com/help "how-to-troubleshoot-docker-problems"
        return _of_one(authority, host, handlers.anonymous(), user, password, _reference_token())
    # the body: renovatebot/renovate#11765; 401 to POST: containerd core/remotes/docker/authorizer.go
    refusal = Answer(401, body={"statusCode": 401, "details": "BAD_CREDENTIAL"})
    desk = _desk(f"https://{host}/v2/token", host, user, password, refusal)
    desk.refuses_post = 401
    return _vendor(authority, host, desk, user, password, _reference_token())


def nexus(authority: Authority, host: str = "nexus.example.com", *, bearer: bool = False) -> Vendor:
    """`bearer` is a Nexus whose Docker Bearer Token Realm is active."""
    user, password = "octopuller", made_up(16)
    # the body: docker/login-action#586; the realms: observed by third parties
    text = "access to the requested resource is not authorized"
    if bearer:
        realm = f"https://{host}/v2/token"
        refusal = handlers.error(401, "UNAUTHORIZED", text)
        desk = _desk(realm, realm, user, password, refusal, anonymous="never")
        desk.opaque = True
        return _vendor(authority, host, desk, user, password, made_up(16))
    name = "Sonatype Nexus Repository Manager"
    refusal = handlers.error(401, "UNAUTHORIZED", text, {"WWW-Authenticate": f'Basic realm="{name}"'})
    registry = handlers.basic({user: password}, realm=name, refusal=refusal)
    return _of_one(authority, host, registry, user, password, made_up(16))


def redhat(authority: Authority) -> Vendor:
    host = "registry.redhat.io"
    # docs.redhat.com, registry service accounts: the name, a JWT for a password; assumed: it has no end
    user = "12345678|octo-puller"
    password, wrong = (json_web_token({"sub": made_up(32, HEX), "exp": None}) for _ in range(2))
    # redhat-actions/buildah-build#19, kubernetes/minikube#9732
    text = (
        "Please login to the Red Hat Registry using your Customer Portal credentials."
        " Further instructions can be found here: https://access.redhat.com/RegistryAuthentication"
    )
    # the realm: observed by third parties
    realm = f"https://{host}/auth/realms/rhcc/protocol/redhat-docker-v2/auth"
    refusal = handlers.error(401, "UNAUTHORIZED", text)
    desk = _desk(realm, "docker-registry", user, password, refusal, anonymous="never")
    return _vendor(authority, host, desk, user, password, wrong)


def digitalocean(authority: Authority, *, user: str | None = None) -> Vendor:
    """The token is the user too (docker/login-action#895); any other `user` is as good, by observation."""
    host = "registry.digitalocean.com"
    token = "dop_v1_" + made_up(64, HEX)  # gitleaks config/gitleaks.toml
    # the body is that of every API of DigitalOcean (docs.digitalocean.com/reference/api); assumed of this one
    refusal = Answer(401, body={"id": "unauthorized", "message": "Unable to authenticate you."})
    # the realm: observed by third parties
    realm = "https://api.digitalocean.com/v2/registry/auth"
    desk = Desk(realm, host, lambda user, password: None if password == token else refusal, anonymous="never")
    return _vendor(authority, host, desk, user or token, token, "dop_v1_" + made_up(64, HEX))


def ocir(authority: Authority, region: str = "fra") -> Vendor:
    host = f"{region}.ocir.io"
    # docs.oracle.com registryprerequisites: the name; the form of the auth token is observed
    user = "axaxnpcrorw5/oracleidentitycloudservice/puller@example.com"
    password, wrong = (made_up(20, ALPHANUMERIC + "()[]{}<>;:.+-#_") for _ in range(2))
    # realm and status: observed by third parties; the body is assumed
    refusal = handlers.error(401, "UNAUTHORIZED", "Unauthorized")
    desk = _desk(f"https://{host}/20180419/docker/token", host, user, password, refusal)
    return _vendor(authority, host, desk, user, password, wrong)


def icr(
    authority: Authority,
    host: str = "us.icr.io",
    *,
    unquoted: bool = False,
    status: int = 400,
    no_pull: bool = False,
    private_only: bool = False,
) -> Vendor:
    """`status` is that of a refusal: 400 in IBM's documentation, 401 has been seen too.

    `unquoted` writes the challenge as third parties have seen it of cp.icr.io. Docker's parser cannot read
    that, and `docker login` is IBM's documented way, so it is assumed that /v2/ has quotes.
    """
    user = "iamapikey"  # ibm-cloud-docs/Registry registry_access.md; the form of the key is observed
    password, wrong = (made_up(44, ALPHANUMERIC + "_-") for _ in range(2))
    page = "https://cloud.ibm.com/docs/Registry?topic=Registry-troubleshoot"
    # ibm-cloud-docs/Registry ts_auth_req.md; that a wrong pair gets these words is assumed
    refusal = handlers.error(status, "UNAUTHORIZED", f"Authorization required. See {page}-auth-req")
    desk = _desk(f"https://{host}/oauth/token", "registry", user, password, refusal)
    desk.quoted = not unquoted
    if private_only:
        # ibm-cloud-docs/Registry ts_private.md; where it is said is assumed
        text = (
            "Private-only access is enabled on this account, but this request was over the public network."
            " You must access this account over the private network."
        )
        desk.judge = lambda user, password: handlers.error(403, "DENIED", text)
    if no_pull:
        # ibm-cloud-docs/Registry ts_scope.md
        desk.content = except_manifests(handlers.error(403, "DENIED", "Insufficient scope"))
    return _vendor(authority, host, desk, user, password, wrong)


def alibaba(authority: Authority, region: str = "cn-hangzhou") -> Vendor:
    """The token host is that of cn-hangzhou for other regions too, as observed."""
    host = f"registry.{region}.aliyuncs.com"
    user, password = "octo@1234567890123456", made_up(16)
    # observed: tech-shrimp/docker_image_pusher#303
    refusal = handlers.error(401, "UNAUTHORIZED", "authentication required")
    realm = "https://dockerauth.cn-hangzhou.aliyuncs.com/auth"
    desk = _desk(realm, f"registry.aliyuncs.com:{region}:26842", user, password, refusal)
    return _vendor(authority, host, desk, user, password, made_up(16))


def scaleway(authority: Authority, region: str = "fr-par") -> Vendor:
    host = f"rg.{region}.scw.cloud"
    # the user and that the password is the secret key, a UUID: observed by third parties
    user, password = "nologin", str(uuid.uuid4())
    # the form is that of every API of Scaleway (scaleway/scaleway-sdk-go scw/errors.go); assumed of this one
    body = {"method": "api_key", "reason": "not_found", "type": "denied_authentication"}
    realm = f"https://api.scaleway.com/registry-internal/v1/regions/{region}/tokens"
    desk = _desk(realm, "registry", user, password, Answer(401, body=body))
    return _vendor(authority, host, desk, user, password, str(uuid.uuid4()))


def _desk(
    realm: str,
    service: str,
    user: str,
    password: str,
    refusal: Answer,
    anonymous: Literal["never", "always"] = "always",
) -> Desk:
    return Desk(realm, service, knowing({"": (user, password)}, refusal), anonymous=anonymous)


def _vendor(authority: Authority, host: str, desk: Desk, user: str, password: str, wrong: str) -> Vendor:
    return Vendor(authority, host, desk.hosts(host), {"account": (user, password)}, wrong=wrong)


def _of_one(
    authority: Authority, host: str, registry: Handler, user: str, password: str, wrong: str
) -> Vendor:
    return Vendor(authority, host, {host: registry}, {"account": (user, password)}, wrong=wrong)


def _reference_token() -> str:
    """The base64 of "reftkn:01:" and more, as gitleaks knows it: jfrog-identity-token."""
    return "cmVmdGtuOjAxOj" + made_up(50, string.ascii_letters + string.digits)
