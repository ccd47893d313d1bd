"""Words of any registry or token service about an account, a token, or where a request came from."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import REFUSED

ACCOUNTS: tuple[Signature, ...] = (
    # The account
    Signature(
        "account-locked",
        "too many failed login attempts",
        "",
        ("bad-credentials",),
        apart="The block comes from wrong logins and passes within minutes; where it comes back, something still tries with an old password.",
        common=True,
    ),
    Signature("account-locked", "too many login attempts", common=True),
    Signature(
        "account-locked",
        "account",
        r"account (is|has been) (temporarily )?(locked|disabled|suspended|deactivated|blocked)\b",
        common=True,
    ),
    Signature("account-locked", "user has been disabled", common=True),
    Signature("account-locked", "mail", r"(verify|confirm) your e-?mail", common=True),
    Signature(
        "account-locked",
        "mail",
        r"e-?mail( address)? (is|has|was) not( yet)?( been)? (verified|confirmed)|e-?mail( address)? (must|needs to) be (verified|confirmed)|unverified e-?mail",
        common=True,
    ),
    # The token
    Signature(
        "clock-skew",
        "token",
        r"token (used before issued|is not (yet valid|valid yet)|not to be used before)",
        common=True,
    ),
    Signature(
        "token-expired",
        "expired",
        r"(token|credential|password|api key|access key)s? (is|has|have|are|was) (now |already )?expired",
        common=True,
    ),
    Signature(
        "token-expired",
        "expired",
        r"(denied|unauthorized|forbidden|error|failed)\b.{0,60}expired (access |authorization |bearer )?(token|credential|secret)(?!s)",
        common=True,
    ),
    Signature("token-expired", "token", r"\btoken[- ]expired", common=True),
    Signature(
        "token-revoked",
        "revoked",
        r"(token|credential|key)s? (is|has been|was|have been) revoked",
        common=True,
    ),
    Signature("sso-not-authorized", "saml", r"saml (enforcement|sso|single sign)", common=True),
    Signature(
        "sso-not-authorized",
        " sso",
        r"\bsso\b.{0,120}((?<!un)authoriz|enforce)|((?<!un)authoriz|enforce).{0,120}\bsso\b",
        common=True,
        sure=False,
    ),
    Signature(
        "missing-scope",
        "scope",
        r"insufficient[ _]scopes|does not match expected scopes|missing (the )?(required )?\S{0,40} ?scope|insufficient_scope(?!.{0,40}authorization failed)",
        common=True,
        also_possible=("push-denied", "pull-denied"),
        apart="Where the token's own page shows the right that is missing, the token was made before it was given.",
    ),
    # Where the request came from, or how often
    Signature(
        "firewall-denied",
        "not allowed",
        r"\bip\b( address)?( \S{1,60})? (is|are|was) not allowed|not allowed (access )?from (this|your|the) ip\b",
        common=True,
    ),
    Signature(
        "firewall-denied",
        "not permitted",
        r"\bip\b( address)?( \S{1,60})? (is|are|was) not permitted|not permitted (access )?from (this|your|the) ip\b",
        common=True,
    ),
    Signature("firewall-denied", "ip allow list", common=True),
    Signature("firewall-denied", "is blocked in /etc/containers", sure=False, program="podman"),
    Signature(
        "quota-exceeded",
        "toomanyrequests",
        r"toomanyrequests: data limit exceeded",
        ("rate-limited",),
        apart="A limit on the amount comes back with the next month, one on the number within hours.",
        program="ECR Public",
        vendor="ecr-public",
    ),
    Signature("rate-limited", "toomanyrequests", r"\btoomanyrequests(\W|$)", common=True),
    Signature(
        "rate-limited",
        "docker.com/increase-rate-limit",
        r"(toomanyrequests|429|reached).{0,200}docker\.com/increase-rate-limit",
    ),
    Signature(
        "rate-limited",
        "rate limit",
        r"(exceeded|reached|hit) ((the|your|a|an|its|api|request|pull|download|docker|hub) ){0,4}rate limit|rate limit (has been |was |is )?(exceeded|reached)",
        common=True,
    ),
    Signature(
        "rate-limited",
        "too many request",
        r"(:|\b429\b|\berror)\W{1,3}too many requests\b|too many requests? (to registry|\(hap429)",
        common=True,
    ),
    Signature(
        "rate-limited",
        "429",
        r"(\bstatus( ?code)?\W{1,3}|\bhttp\W{1,3}|\bstatus (code )?is |\berror |response (code|status):? )429\b",
        common=True,
    ),
    Signature("rate-limited", "pull qps exceeded", program="kubelet"),
    Signature(
        "quota-exceeded",
        "quota",
        r"(denied|forbidden|error|failed|unknown)\b.{0,120}(quota (has been |is )?(exceeded|reached)|exceeded (your|the|its) .{0,40}quota)",
        common=True,
    ),
    Signature(
        "quota-exceeded",
        "exceed",
        r"(denied|forbidden|error|failed|unknown)\b.{0,120}(exceeded|reached) (your|the|its) .{0,60}(private repositor|storage|bandwidth|data transfer)",
        common=True,
    ),
    # Refused, in the words of the token service
    Signature(
        "account-locked",
        "account not active",
        r"account not active( yet)?\b",
        common=True,
        program="Docker Hub",
        vendor="dockerhub",
    ),
    Signature(
        "account-locked", "account is not active", common=True, program="Docker Hub", vendor="dockerhub"
    ),
    Signature(
        "bad-credentials",
        "wrong login/password",
        common=True,
        program="Docker Hub before 2016",
        vendor="dockerhub",
        also_possible=("token-expired", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "unable to retrieve auth token",
        r"unable to retrieve auth token: (401|403|unauthorized)",
        ("no-credentials-sent", "token-expired"),
        apart=REFUSED,
        program="podman, skopeo",
    ),
    Signature(
        "bad-credentials",
        "incorrect username or password",
        "",
        ("token-revoked", "config-stale-credentials", "account-locked"),
        apart=REFUSED,
        program="Docker Hub",
        vendor="dockerhub",
        common=True,
    ),
    Signature(
        "bad-credentials",
        "invalid username/password",
        "",
        ("token-expired", "token-kind-unsupported", "config-stale-credentials"),
        apart=REFUSED,
        program="podman, skopeo",
        common=True,
    ),
    Signature(
        "bad-credentials",
        "specified credentials are invalid",
        program="Quay",
        vendor="quay",
        common=True,
        also_possible=("token-expired", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "invalid",
        r"invalid (user ?name|login|credentials|password)",
        common=True,
        also_possible=("token-expired", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "credentials",
        r"(bad|wrong|incorrect) (user ?name|credentials|password)\b",
        common=True,
        also_possible=("token-expired", "config-stale-credentials"),
        apart=REFUSED,
    ),
    Signature(
        "bad-credentials",
        "wrong username was used",
        program="Artifactory",
        vendor="artifactory",
        common=True,
        also_possible=("token-expired", "config-stale-credentials"),
        apart=REFUSED,
    ),
)
"""In the order of the table: the more telling first."""
