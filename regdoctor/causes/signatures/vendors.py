"""Words of the other registries: Docker Hub, Quay, GitLab, Harbor, Artifactory, Nexus, IBM, Oracle, Red Hat.

First the hosts that are gone, of which any failure means the same.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import LOGIN, PULL, PUSH, REFUSED

_GONE = (
    r"(.{1,100}\.)?bintray\.io|registry\.[a-z-]{2,10}\.bluemix\.net|registry\.bluemix\.net|registry\.centos\.org"
    r"|registry\.docker-cn\.com|dockerhub\.azk8s\.cn|gcr\.azk8s\.cn|quay\.azk8s\.cn|k8s\.gcr\.io|docker\.pkg\.github\.com"
)
"""Registries that were shut down, frozen or replaced."""
_GONE_APART = (
    "The registry of this name was shut down or replaced: where its successor has the image, that is it; a "
    "failure of the network looks the same here."
)

RETIRED: tuple[Signature, ...] = (
    *(
        Signature(
            "registry-retired",
            needle,
            pattern,
            ("registry-unavailable", *also),
            apart=_GONE_APART,
            host=_GONE,
        )
        for needle, pattern, also in (
            ("forbidden", r"\b403\b.{0,80}forbidden", ()),
            ("no such host", "", ("dns-failure",)),
            (
                "unexpected",
                r"unexpected (http )?status.{0,300}\b(401|403|404|410|50\d)\b",
                ("no-credentials-sent",),
            ),
            ("not found", r"(manifest (for|unknown)|/\S{1,200}: |/\S{1,200} )not found", ("tag-not-found",)),
            ("410 gone", "", ()),
        )
    ),
    Signature(
        "no-credentials-sent",
        "no basic auth credentials",
        "",
        ("registry-retired", "package-not-linked"),
        apart="docker kept no login for this host; GitHub has replaced it by ghcr.io, where the image is now.",
        host=r"docker\.pkg\.github\.com",
    ),
)
"""Words about registries that are gone."""

_HUB = ("dockerhub",)

VENDORS: tuple[Signature, ...] = (
    # Docker Hub
    Signature(
        "rate-limited",
        "unauthenticated pull rate limit",
        "",
        ("no-credentials-sent",),
        apart="Unauthenticated means that the pull went out without a login: with one, the limit is another.",
    ),
    Signature(
        "token-kind-unsupported",
        "personal access token to log",
        r"use (a )?personal access token to log ?in",
    ),
    Signature("token-kind-unsupported", "must log in with a personal access token"),
    Signature("firewall-denied", "export control regulations", program="Docker Hub", vendor="dockerhub"),
    Signature(
        "sso-not-authorized",
        "sign-in",
        r"sign-?in (is )?(enforce|required).{0,60}organi[sz]ation|must be (a member of|signed in (to|with)).{0,60}organi[sz]ation",
        program="Docker Desktop",
    ),
    Signature(
        "firewall-denied",
        "access to",
        r"access to \S{1,200} has been (configured to be )?(denied|blocked|restricted) by (your|an) administrator|registry access management|image access management policy",
        program="Docker Desktop",
    ),
    Signature(
        "firewall-denied",
        "block access from your country",
        program="CloudFront",
        common=True,
    ),
    # Quay
    Signature(
        "client-library-incompatible",
        "invalid bearer token format",
        "",
        ("bad-credentials",),
        vendor="quay",
        apart="Where docker logs in with the same values, the program sends what it has in a form that Quay does not take.",
        program="Quay",
    ),
    Signature("token-kind-unsupported", "unencrypted passwords is disabled"),
    Signature(
        "account-locked",
        "disabled",
        r"(namespace|robot|owner) .{0,120}(has|have|is) (been )?disabled",
        registries=("quay",),
    ),
    Signature(
        "bad-credentials",
        "could not find robot with",
        also_possible=("token-revoked", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "token does not match robot",
        also_possible=("token-revoked", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature("quota-exceeded", "quota has been exceeded on namespace", program="Quay", vendor="quay"),
    Signature(
        "request-too-large",
        "allowed by this registry",
        r"uploaded blob (of .{0,60})?is larger than",
        program="Quay",
        vendor="quay",
    ),
    Signature("push-denied", "system is currently read-only", program="Quay", vendor="quay"),
    Signature(
        "tag-not-found",
        "has expired",
        r"tag \S{1,200} (was deleted or has expired|has expired)",
        registries=("quay",),
        program="Quay",
        vendor="quay",
    ),
    Signature(
        "push-denied",
        "unauthorized access for:",
        "",
        ("repository-not-found",),
        apart="A robot cannot create a repository: where it does not exist yet, create it first.",
        program="Quay",
        vendor="quay",
    ),
    # GitLab
    Signature(
        "token-kind-unsupported",
        "http basic: access denied",
        r"2fa enabled|must use a personal access token",
        ("bad-credentials",),
        apart="With 2FA on, no password is ever taken; without it, the password or token is wrong.",
    ),
    Signature(
        "bad-credentials",
        "http basic: access denied",
        "",
        ("token-kind-unsupported", "token-expired", "missing-scope"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "/jwt/auth",
        r"/jwt/auth\S{0,400}:? 401",
        ("token-kind-unsupported", "token-expired", "missing-scope"),
        apart="With 2FA on, GitLab takes no password; a token needs the scope read_registry, and an end that is not past.",
        program="containerd",
    ),
    Signature(
        "bad-credentials",
        "denied: access forbidden",
        "",
        ("missing-scope", "token-expired", "pull-denied"),
        apart=REFUSED,
        program="GitLab",
        vendor="gitlab",
    ),
    # Harbor
    Signature(
        "quota-exceeded",
        "configured upper limit",
        r"will exceed the configured upper limit",
        program="Harbor",
        vendor="harbor",
    ),
    Signature("quota-exceeded", "over the quota: used", program="Harbor", vendor="harbor"),
    Signature(
        "push-denied",
        "unauthorized to access repository",
        r"unauthorized to access repository: \S{1,200}, action: push",
        ("bad-credentials", "repository-not-found"),
        apart="Where the same user may push in Harbor's own pages, the login that docker keeps is another.",
        program="Harbor",
        vendor="harbor",
    ),
    Signature(
        "no-credentials-sent",
        "unauthorized to access repository",
        "",
        ("pull-denied", "bad-credentials", "repository-not-found"),
        apart=PULL,
        program="Harbor",
        vendor="harbor",
    ),
    Signature("pull-denied", "cannot be pulled due to configured policy", program="Harbor", vendor="harbor"),
    Signature(
        "pull-denied",
        "image is not signed",
        r"the image is not signed (in notary|by cosign)",
        program="Harbor",
        vendor="harbor",
    ),
    Signature("push-denied", "system is in read only mode", program="Harbor", vendor="harbor"),
    Signature("push-denied", "configured as immutable", program="Harbor", vendor="harbor"),
    Signature(
        "repository-not-found",
        "project",
        r"project \S{1,100} not found",
        program="Harbor",
        vendor="harbor",
        common=True,
    ),
    Signature("quota-exceeded", "quota exceeded when processing", program="Harbor", vendor="harbor"),
    Signature(
        "account-locked",
        "is locked due to login failure",
        "",
        ("bad-credentials",),
        vendor="harbor",
        apart="The lock passes after a moment; where it comes back, something still tries with an old password.",
        program="Harbor",
    ),
    Signature(
        "push-denied",
        "can not push artifact to a proxy project",
        program="Harbor",
        vendor="harbor",
    ),
    Signature(
        "tag-not-found",
        "artifact",
        r"not_?found\b.{0,20}artifact \S{1,300} not found",
        ("repository-not-found",),
        vendor="harbor",
        apart="Harbor's own pages list what there is.",
        program="Harbor",
    ),
    # Artifactory, Nexus
    Signature(
        "bad-credentials",
        "bad props auth token",
        "",
        ("token-expired", "token-revoked"),
        vendor="artifactory",
        apart=REFUSED,
        program="Artifactory",
    ),
    Signature(
        "quota-exceeded",
        "datastore disk usage is too high",
        vendor="artifactory",
        program="Artifactory",
    ),
    Signature(
        "push-denied",
        "not enough permissions to ",
        r"not enough permissions to (delete|overwrite|deploy)",
        vendor="artifactory",
        program="Artifactory",
    ),
    Signature(
        "pull-denied",
        "quarantined",
        r"requested item is quarantined",
        vendor="nexus",
        program="Nexus Firewall",
    ),
    Signature(
        "push-denied",
        "deploying to groups is a pro-licensed feature",
        vendor="nexus",
        program="Nexus",
    ),
    Signature(
        "pull-denied",
        "client does not have permission for manifest",
        "",
        ("bad-credentials", "no-credentials-sent"),
        apart=PULL,
        program="Artifactory",
        vendor="artifactory",
    ),
    Signature(
        "push-denied", "client does not have permission to push", program="Artifactory", vendor="artifactory"
    ),
    Signature(
        "pull-denied",
        "blocked by xray policy",
        r"blocked by xray policy|due to block policy",
        program="Artifactory",
        vendor="artifactory",
    ),
    Signature(
        "account-locked",
        "blocked due to recurrent login failures",
        program="Artifactory",
        vendor="artifactory",
    ),
    Signature(
        "bad-credentials",
        "bad_credential",
        r"\bbad_credential\b",
        program="Artifactory",
        vendor="artifactory",
        also_possible=("token-revoked", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "props authentication token not found",
        program="Artifactory",
        vendor="artifactory",
        also_possible=("token-revoked", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "token-expired", "token failed verification: expired", program="Artifactory", vendor="artifactory"
    ),
    Signature(
        "bad-credentials",
        "token failed verification",
        "",
        ("token-expired", "token-revoked"),
        apart=REFUSED,
        program="Artifactory",
        vendor="artifactory",
    ),
    Signature(
        "tag-not-found",
        "named manifest is not known to the registry",
        "",
        ("repository-not-found",),
        apart="The registry's pages list what there is.",
        program="Artifactory",
        vendor="artifactory",
    ),
    Signature("push-denied", "repository does not allow updating assets", program="Nexus", vendor="nexus"),
    # DigitalOcean
    Signature(
        "bad-credentials",
        "unable to authenticate you",
        "",
        LOGIN,
        apart=REFUSED,
        program="DigitalOcean",
        vendor="digitalocean",
    ),
    Signature(
        "bad-credentials",
        "denied_authentication",
        "",
        LOGIN,
        apart=REFUSED,
        program="Scaleway",
        vendor="scaleway",
    ),
    Signature(
        "quota-exceeded",
        "registry contains",
        r"registry contains \d{1,6} repositories, limit is",
        program="DigitalOcean",
        vendor="digitalocean",
    ),
    Signature(
        "push-denied",
        "currently in read-only mode",
        r"garbage collection.{0,100}currently in read-only mode",
        vendor="digitalocean",
        program="DigitalOcean",
    ),
    # IBM
    Signature(
        "token-kind-unsupported",
        "requested authentication method is not supported",
        "",
        ("no-credentials-sent", "user-wrong-form", "bad-credentials"),
        vendor="icr",
        apart="The user has to be iamapikey and the password an API key; ibmcloud cr login puts both in place.",
        program="IBM",
    ),
    Signature(
        "pull-denied",
        "not authorized to access the specified",
        r"not authorized to access the specified (account|namespace|resource|image)",
        ("bad-credentials", "missing-scope", "push-denied"),
        vendor="icr",
        apart=PULL,
        program="IBM",
    ),
    Signature(
        "push-denied",
        "insufficient scope",
        "",
        ("missing-scope", "bad-credentials", "firewall-denied"),
        ("icr",),
        apart=PUSH,
        during=("push",),
        program="IBM",
    ),
    Signature(
        "bad-credentials",
        "authorization required. see https://cloud.ibm.com",
        "",
        ("token-expired",),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "login credentials are not valid",
        "",
        ("account-locked", "token-revoked"),
        vendor="icr",
        apart="ibmcloud login with the same key tells whether the key is good, and whether the account is.",
        program="IBM",
    ),
    Signature("firewall-denied", "over the private network", registries=("icr",)),
    Signature(
        "pull-denied",
        "insufficient scope",
        "",
        ("firewall-denied",),
        ("icr",),
        apart="Where the same key works from another network, a context-based restriction is in the way.",
    ),
    Signature(
        "quota-exceeded",
        "exceeded its",
        r"exceeded its (pull traffic|image storage|storage) quota",
        program="IBM",
        vendor="icr",
    ),
    # Oracle, Red Hat
    Signature(
        "bad-credentials",
        "anonymous users are only allowed read access",
        "",
        ("no-credentials-sent",),
        ("ocir",),
        apart="Where docker login for this host has never succeeded here, nothing was sent.",
    ),
    Signature(
        "bad-credentials",
        "required information to complete authentication was not provided",
        program="Oracle",
        vendor="ocir",
        also_possible=("token-revoked", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "please login to the red hat registry",
        "",
        ("no-credentials-sent",),
        apart="Where docker login for this host has never succeeded here, nothing was sent.",
    ),
    Signature(
        "bad-credentials",
        "invalid",
        r"invalid (access )?token",
        ("token-expired", "token-revoked"),
        ("quay",),
        apart=REFUSED,
    ),
)
"""In the order of the table: the more telling first."""
