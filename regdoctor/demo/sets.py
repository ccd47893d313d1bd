"""The demo's sets: what each one holds, how its registry behaves, and what a diagnosis must say of it.

One entry, one set. A host that is new here needs new certificates: python -m tests.demo.make_certificates.
"""

from __future__ import annotations

from regdoctor.demo.conduct import (
    WELCOME,
    AlwaysSays,
    AsksForPassword,
    AsksForToken,
    NeverAnswers,
    Peer,
    refusal,
    web_page,
)
from regdoctor.demo.credentials import (
    access_key_id,
    access_key_secret,
    acr_password,
    docker_token,
    ecr_token,
    fine_grained_token,
    github_token,
    google_key,
    identity_token,
)
from regdoctor.demo.demo_set import DemoSet
from regdoctor.demo.vendors import Azure, DockerHub, Ecr, GitHub, Google, aws_refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARED = Peer(
    "shared.example.com", AsksForPassword({"robot-read": "aspen+gecko+12", "robot-write": "aspen+llama+83"})
)

NOWHERE = Peer("refused.example.com", transport="closed")

_DENIED = aws_refusal(
    "AccessDeniedException",
    "User: arn:aws:iam::444455556666:user/ci is not authorized to perform: ecr:GetAuthorizationToken on"
    " resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action",
)
_MISMATCH = aws_refusal(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
    " Access Key and signing method. Consult the service documentation for details.",
)
_GCR_SHUT_DOWN = refusal(
    412,
    "DENIED",
    "Container Registry is deprecated and shutting down, please use the auto migration tool to migrate to"
    " Artifact Registry (gcloud artifacts docker upgrade migrate --projects='octo-ci')",
)

# In the order in which a report lists them: that of their identifiers. Those of the vendors come first, under
# the real names of their registries; docker keeps one login for each host, so each set has a host of its own.
SETS: tuple[DemoSet, ...] = (
    DemoSet(
        id="ACR_ADMIN_OFF",
        peer=Peer("octoteam.azurecr.io", Azure()),
        values={"USER": "octoteam", "PASSWORD": acr_password("ACR_ADMIN_OFF")},
        verdict="admin-user-disabled",
    ),
    DemoSet(
        id="ACR_WRONG_USER",
        peer=Peer("octoshop.azurecr.io", Azure()),
        values={"USER": "octocat", "PASSWORD": lambda: identity_token("octoshop.azurecr.io")},
        verdict="user-wrong-form",
        mended=True,
    ),
    DemoSet(
        id="DOCKERHUB",
        peer=Peer("registry-1.docker.io", DockerHub({"octocat": docker_token("DOCKERHUB")}, remaining=76)),
        values={
            "SERVER": "https://index.docker.io/v1/",
            "USER": "octocat",
            "PASSWORD": docker_token("DOCKERHUB"),
        },
        verdict=None,
    ),
    DemoSet(
        id="ECR",
        peer=Peer("111122223333.dkr.ecr.eu-west-1.amazonaws.com", Ecr({access_key_id("ECR"): None})),
        values={"USER": access_key_id("ECR"), "PASSWORD": access_key_secret("ECR")},
        verdict=None,
    ),
    DemoSet(
        id="ECR_KEY_NOT_ALLOWED",
        peer=Peer(
            "444455556666.dkr.ecr.us-east-1.amazonaws.com",
            Ecr({access_key_id("ECR_KEY_NOT_ALLOWED"): _DENIED}),
        ),
        values={
            "USER": access_key_id("ECR_KEY_NOT_ALLOWED"),
            "PASSWORD": access_key_secret("ECR_KEY_NOT_ALLOWED"),
        },
        verdict="aws-access-denied",
    ),
    DemoSet(
        id="ECR_KEY_WRONG_SECRET",
        peer=Peer(
            "111122223333.dkr.ecr.eu-central-1.amazonaws.com",
            Ecr({access_key_id("ECR_KEY_WRONG_SECRET"): _MISMATCH}),
        ),
        values={
            "USER": access_key_id("ECR_KEY_WRONG_SECRET"),
            "PASSWORD": access_key_secret("ECR_KEY_WRONG_SECRET"),
        },
        verdict="aws-signature-mismatch",
    ),
    DemoSet(
        id="ECR_TOKEN_EXPIRED",
        peer=Peer("111122223333.dkr.ecr.us-west-2.amazonaws.com", Ecr()),
        values={"USER": "AWS", "PASSWORD": lambda: ecr_token("ECR_TOKEN_EXPIRED", -26 * 3600)},
        verdict="ecr-token-expired",
    ),
    DemoSet(
        id="GAR_WRONG_USER",
        peer=Peer(
            "europe-west1-docker.pkg.dev",
            Google({"_json_key": google_key("GAR_WRONG_USER")}),
        ),
        values={"USER": "octocat", "PASSWORD": google_key("GAR_WRONG_USER")},
        verdict="user-wrong-form",
        mended=True,
    ),
    DemoSet(
        id="GCR",
        peer=Peer("gcr.io", Google({"_json_key": google_key("GCR")})),
        values={"USER": "_json_key", "PASSWORD": google_key("GCR")},
        verdict="registry-retired",
    ),
    DemoSet(
        id="GCR_SHUT_DOWN",
        peer=Peer("eu.gcr.io", Google(refused=_GCR_SHUT_DOWN)),
        values={"USER": "_json_key", "PASSWORD": google_key("GCR_SHUT_DOWN")},
        verdict="registry-retired",
    ),
    DemoSet(
        id="GHCR",
        peer=Peer("ghcr.io", GitHub({"octocat": github_token("GHCR")}, repositories=("octo-org/octo-app",))),
        values={"USER": "octocat", "PASSWORD": github_token("GHCR")},
        verdict=None,
    ),
    DemoSet(
        id="GHCR_EXPIRES_SOON",
        peer=Peer(
            "containers.octo-shop.ghe.com",
            GitHub(
                {"octocat": github_token("GHCR_EXPIRES_SOON")}, api="api.octo-shop.ghe.com", days_left=2.5
            ),
        ),
        values={"USER": "octocat", "PASSWORD": github_token("GHCR_EXPIRES_SOON")},
        verdict="credential-expires-soon",
    ),
    DemoSet(
        id="GHCR_FINE_GRAINED",
        peer=Peer("containers.octo-lab.ghe.com", GitHub(api="api.octo-lab.ghe.com")),
        values={"USER": "octocat", "PASSWORD": fine_grained_token("GHCR_FINE_GRAINED")},
        verdict="token-kind-unsupported",
    ),
    DemoSet(
        id="GHCR_MISSING_SCOPE",
        peer=Peer(
            "containers.octo-team.ghe.com",
            GitHub(
                {"octocat": github_token("GHCR_MISSING_SCOPE")},
                api="api.octo-team.ghe.com",
                scopes="repo, gist",
            ),
        ),
        values={"USER": "octocat", "PASSWORD": github_token("GHCR_MISSING_SCOPE")},
        verdict="missing-scope",
    ),
    DemoSet(
        id="HEALTHY_BASIC",
        peer=Peer("registry.example.org", AsksForPassword({"mona": "maple+finch+38"})),
        values={"USER": "mona", "PASSWORD": "maple+finch+38"},
        verdict=None,
    ),
    DemoSet(
        id="HEALTHY_BEARER",
        peer=Peer(
            "registry.example.com",
            AsksForToken({"octocat": "cedar+robin+64"}, tokens_from="auth.example.com"),
        ),
        values={"USER": "octocat", "PASSWORD": "cedar+robin+64"},
        verdict=None,
    ),
    DemoSet(
        id="LOGIN_ACCOUNT_LOCKED",
        peer=Peer(
            "locked.example.com",
            AsksForToken(refused=refusal(403, "DENIED", "account is locked: too many failed login attempts")),
        ),
        values={"USER": "octocat", "PASSWORD": "alder+tapir+27"},
        verdict="account-locked",
    ),
    DemoSet(
        id="LOGIN_MISSING_SCOPE",
        peer=Peer(
            "scopes.example.com",
            AsksForToken(
                refused=refusal(403, "DENIED", "The token provided does not match expected scopes.")
            ),
        ),
        values={"USER": "octocat", "PASSWORD": "rowan+bison+90"},
        verdict="missing-scope",
    ),
    DemoSet(
        id="LOGIN_NOT_ASKED_FOR",
        peer=Peer("open.example.com", AlwaysSays(WELCOME)),
        values={"USER": "octocat", "PASSWORD": "olive+lemur+53"},
        verdict="credential-not-tested",
    ),
    DemoSet(
        id="LOGIN_STRANGE_TOKEN_HOST",
        peer=Peer("strange.example.com", AsksForToken(tokens_from="tokens.example.net")),
        values={"USER": "octocat", "PASSWORD": "hazel+stork+81"},
        verdict="realm-not-trusted",
    ),
    DemoSet(
        id="LOGIN_TOKEN_EXPIRED",
        peer=Peer(
            "expired.example.com",
            AsksForToken(refused=refusal(401, "UNAUTHORIZED", "the access token has expired")),
        ),
        values={"USER": "octocat", "PASSWORD": "elder+moose+16"},
        verdict="token-expired",
    ),
    DemoSet(
        id="LOGIN_WRONG_PASSWORD",
        peer=Peer(
            "strict.example.com",
            AsksForToken(
                {"octocat": "pine+badger+72"},
                refused=refusal(401, "UNAUTHORIZED", "incorrect username or password"),
            ),
        ),
        values={"USER": "octocat", "PASSWORD": "plum+marten+49"},
        verdict="bad-credentials",
    ),
    DemoSet(
        id="NAME_INCOMPLETE",
        peer=Peer("incomplete.example.com", AsksForToken()),
        values={"USER": "octocat"},
        verdict="set-incomplete",
    ),
    DemoSet(
        id="NAME_MISSPELT",
        peer=Peer("misspelt.example.com", AsksForToken({"octocat": "larch+otter+45"})),
        values={"USERNAME": "octocat", "PASSWORD": "larch+otter+45"},
        verdict="name-near-miss",
        mended=True,
    ),
    # Both log in, and docker keeps one login for each host: the other set's pulls use the wrong one.
    DemoSet(
        id="NAME_TWIN_1",
        peer=_SHARED,
        values={"USER": "robot-read", "PASSWORD": "aspen+gecko+12"},
        verdict="set-duplicate-server",
    ),
    DemoSet(
        id="NAME_TWIN_2",
        peer=_SHARED,
        values={"USER": "robot-write", "PASSWORD": "aspen+llama+83"},
        verdict="set-duplicate-server",
    ),
    DemoSet(
        id="NETWORK_REFUSED",
        peer=NOWHERE,
        values={"USER": "octocat", "PASSWORD": "birch+quail+33"},
        verdict="tcp-refused",
    ),
    DemoSet(
        id="NETWORK_SILENT",
        peer=Peer("silent.example.com", transport="silence"),
        values={"USER": "octocat", "PASSWORD": "beech+skunk+58"},
        verdict="tls-timeout",
    ),
    DemoSet(
        id="REGISTRY_OUTAGE",
        peer=Peer("outage.example.com", AlwaysSays(web_page(503, "503 Service Temporarily Unavailable"))),
        values={"USER": "octocat", "PASSWORD": "poplar+crane+07"},
        verdict="registry-unavailable",
    ),
    DemoSet(
        id="REGISTRY_RATE_LIMIT",
        peer=Peer(
            "busy.example.com",
            AlwaysSays(
                refusal(429, "TOOMANYREQUESTS", "retry later").but(headers=(("Retry-After", "600"),)),
            ),
        ),
        values={"USER": "octocat", "PASSWORD": "willow+hyena+95"},
        verdict="rate-limited",
    ),
    DemoSet(
        id="REGISTRY_SLOW",
        peer=Peer("slow.example.com", NeverAnswers()),
        values={"USER": "octocat", "PASSWORD": "walnut+raven+60"},
        verdict="timeout-overall",
    ),
    DemoSet(
        id="REGISTRY_WEB_SITE",
        peer=Peer("www.example.com", AlwaysSays(web_page(404, "Example Ltd – page not found"))),
        values={"USER": "octocat", "PASSWORD": "spruce+camel+24"},
        verdict="not-a-registry",
    ),
    DemoSet(
        id="TLS_EXPIRED",
        peer=Peer("old.example.com", certificate="expired"),
        values={"USER": "octocat", "PASSWORD": "acacia+dingo+11"},
        verdict="tls-expired",
    ),
    DemoSet(
        id="TLS_OTHER_NAME",
        peer=Peer("renamed.example.com", certificate="other-name"),
        values={"USER": "octocat", "PASSWORD": "linden+shrew+86"},
        verdict="tls-hostname-mismatch",
    ),
    DemoSet(
        id="TLS_PLAIN_HTTP",
        peer=Peer("plain.example.com", AlwaysSays(WELCOME), transport="plain-http"),
        values={"USER": "octocat", "PASSWORD": "laurel+mouse+42"},
        verdict="tls-plain-http",
    ),
    DemoSet(
        id="TLS_UNKNOWN_AUTHORITY",
        peer=Peer("private.example.com", certificate="unknown-authority"),
        values={"USER": "octocat", "PASSWORD": "cherry+panda+39"},
        verdict="tls-unknown-ca",
    ),
    DemoSet(
        id="VALUE_PLACEHOLDER",
        peer=Peer("placeholder.example.com", AsksForToken()),
        values={"USER": "octocat", "PASSWORD": "<PERSONAL_ACCESS_TOKEN>"},
        verdict="value-placeholder",
    ),
    DemoSet(
        id="VALUE_QUOTED",
        peer=Peer("quoted.example.com", AsksForToken({"octocat": "juniper+koala+77"})),
        values={"USER": "octocat", "PASSWORD": '"juniper+koala+77"'},
        verdict="value-quoted",
        mended=True,
    ),
    DemoSet(
        id="VALUE_SERVER_URL",
        peer=Peer("address.example.com", AsksForToken({"octocat": "myrtle+sloth+20"})),
        values={
            "SERVER": "https://address.example.com/team",
            "USER": "octocat",
            "PASSWORD": "myrtle+sloth+20",
        },
        verdict="server-has-scheme",
        mended=True,
    ),
    DemoSet(
        id="VALUE_SWAPPED",
        peer=Peer("swapped.example.com", AsksForToken({"hubot": "Demo4Only-Not7A-Real2Token"})),
        values={"USER": "Demo4Only-Not7A-Real2Token", "PASSWORD": "hubot"},
        verdict="user-password-swapped",
        mended=True,
    ),
)

IMAGES: Mapping[str, tuple[str | None, str | None]] = {
    "ghcr.io/octo-org/octo-app:1": ("GHCR", None),
    "strict.example.com/team/certificates:3": ("LOGIN_WRONG_PASSWORD", "bad-credentials"),
    "ghcr.io/octo-org/features/build-tools:1": ("GHCR", "pull-denied"),
}
"""The images of the folder `workspace`: each with its set and the cause of its first finding."""

STRAYS = {"CONTAINER_REGISTRY_SERVER": "registry.example.com"}
"""Variables of no set. A diagnosis must call them `name-no-identifier`."""
