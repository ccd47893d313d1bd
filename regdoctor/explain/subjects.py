"""What a line speaks of: images and registries, or what other programs do."""

from __future__ import annotations

import functools

from regdoctor.regex import regex

_OF_IMAGES = regex(
    r"/v[12]/|/manifests/|error parsing http \d|unexpected http status|permission_denied: |platform image"
    r"|\"errors\": ?\[\{\"code\""
    r"|push status stream|docker (daemon|host)\b|docker.?registry"
    r"|/blobs/|[?&](service|scope)=|\bmanifests?\b|\bregistr(y|ies)\b"
    r"|error response from daemon|login attempt|imagepull|failed to (solve|push|pull|resolve)"
    r"|dockerd?\[\d|docker\.(io|errors|sock)|/docker/|http\+docker"
    r"|\bdocker[- ](pull|push|login|run|build|compose|search|image|registry)"
    r"|\b(pull|push)(ing|ed|s)?\b.{0,60}\b(image|layer|repository)|\bimages?\b.{0,40}\b(pull|push)"
    r"|\b(podman|skopeo|buildah|nerdctl|crictl|containerd|kubelet|buildkitd?|buildx|kaniko|crane|oras"
    r"|jib)\b"
    r"|\b(harbor|artifactory|nexus|jfrog)\b|\b(ghcr|gcr|quay)\.io|\.azurecr\.|\bacr\b|pkg\.dev"
    r"|mcr\.microsoft\.com|\.dkr[.-]ecr|\becr\b|ecr(-public)?\.|getauthorizationtoken|get-login"
    r"|getcalleridentity|configure-aws-credentials"
)
"""Words that speak of images and registries, and of how AWS lets somebody in."""
_OF_PACKAGES = regex(
    r"registry\.(npmjs|yarnpkg)\.|npm (err|error|warn|http)|npm\.pkg\.github|pypi\.(org|python)"
    r"|pythonhosted\.org|\bpip\b|proxy\.golang\.org|sum\.golang\.org|repo\d?\.maven|maven\.(org|google)"
    r"|plugins\.gradle|rubygems\.org|crates\.io|packagist\.org|nuget\.org"
    r"|(archive|security|ports)\.ubuntu\.com|deb\.debian\.org|alpinelinux\.org|mirrorlist\.centos"
    r"|fedoraproject\.org|conda\.anaconda|raw\.githubusercontent|codeload\.github|https://github\.com"
    r"|git@github"
    r"|(localhost|127\.0\.0\.1|\[::1\]|postgres|mysql|redis|mongo|rabbitmq|kafka)\S{0,40}"
    r":(5432|3306|6379|27017|5672|9092|8080|3000|8000)\b"
)
"""Words that speak of other downloads and of other services."""
_OF_OTHERS = regex(
    r"\bnpm\b|\byarn\b|\bpnpm\b|\bpypi\b|\btwine\b|\bpoetry\b|\bcargo\b|crates-io|\bbundler?\b|\bnu\d{4}\b"
    r"|\bmaven\b|\bgradle\b|\bconda"
    r"|/simple/|pom:|\.whl\b|\bgo: |^(err|get|hit|ign|e|w):\d? ?|inrelease|\.deb\b|\bcomposer\b"
    r"|\bgit (?!commit|version)|\bgit:|\bgit\.\w|\.git\b|some refs|\bgh(:| auth)|\bremote: "
    r"|authentication failed for 'https|api\.github\.com|\bpublickey\b|\bssh(:|d\b)|\bscp\b|\brsync\b"
    r"|host key verif|\bsudo(:|ers)|\bsu: |\bgpg\b|deploy key"
    r"|\bpsql\b|postgres|psycopg|\bmysql|pymysql|\bredis\b|\bmongo|\bamqp|access_refused|\bkafka"
    r"|\bora-\d|operationalerror"
    r"|\(using password|noauth |fatal: +(password|role|database)"
    r"|\b(user|serviceaccount)\W.{0,80} cannot (list|get|create|watch|delete|update|patch) resource"
    r"|logged in to the server"
    r"|connect to the server: |connection to the server |from server \((forbidden|notfound)"
    r"|kubernetes cluster unreachable"
    r"|assert|^e {2,}|\bpytest\b|::test_|\btests/|\.test\.[jt]s|^\W*expected: |\bwerkzeug\.|axios"
    r"|createerror|spring(framework|security)|authservice"
    r"|\b(heroku|firebase|slack|stripe|codecov|sonar|jira|ldap|smtp|vault|terraform|ansible"
    r"|unreachable! =>)\b|terraform\.io|docs\.github\.com/rest"
    r"|\b(jira|api|wiki|mail|downloads?)\.(?!ecr)[\w-]{1,60}\.\w|headobject|listbuckets|\bs3 bucket"
    r"|gcloud\.(compute|storage|run|sql)|openai|incorrect api key"
    r"|(readiness|liveness|startup) probe|\bunhealthy\b|\bok=\d+ +changed=|^[0-9a-f]{7,12} (?!.{0,20}:)"
    r"|\.(png|jpe?g|gif|svg|webp)\b"
    r"|(^|[\s'\"])/\S{1,200}\W{1,3}permission denied|^yaml: |\bexec /"
    r"|\btelnet\b|to remote host:|\bnodemailer\b|\bopenssl\b|huggingface|module not found"
    r"|waiting for the condition|^permission denied: \W?/"
    r"|secret_key|from disk|\[emerg\]|upstream|cache key: |mail: |wi-fi"
    r"|^[\w.-]{1,60}-\d{1,2} +\| |^[\w.-]{1,60}_\d{1,2} +\| "
)
"""Words that speak of other programs, of their accounts and their servers."""
_OPENING = 300
"""Characters of a line in which a program names itself."""
_OF_CLIENTS = regex(
    r"\bdockerd?\b|docker\.(io|com)|\bpodman\b|\bjib\b|\bbuildkit|\bkaniko\b|\bskopeo\b|\bcontainerd\b"
    r"|/v2/|/manifests/"
    r"|\bghcr\.io|\bgcr\.io|pkg\.dev/|\.azurecr\.|\.dkr[.-]ecr|\bquay\.io|\boci://"
)
"""Words of which a line with words of others is about images all the same."""
_RUNS = regex(
    r"\] run |: run |\bdocker[ -](compose )?(exec|logs|stats|ps)\b|^\$? ?(git|npm|pip|curl|wget|ssh"
    r"|kubectl|psql"
    r"|mysql|twine|az|aws s3|terraform|ansible)\b(?!:)"
)
"""What makes another program speak in the lines behind it: a step of a build, a command not of docker."""
_HINTS = regex(
    r"docker|podman|\bimages?\b|\bcontainers?\b|\blayers?\b|\bhelm\b|\boci\b|\bhub-tool\b"
    r"|\bdev ?container|\bgcloud\b|\bgcr\b|\bghcr\b|\bquay\b"
    r"|login prior to (push|pull)|\btestcontainers\b|sha256:|storage driver: |swap limit support"
    r"|\bregistry|\bregistries"
    r"|_registry|config\.json"
)
"""Words that may mean images and registries."""
_HINTING = (  # noqa: SIM905 - a list of so many short words is a page long
    "docker|podman|image|container|layer|helm|oci|hub-tool|gcloud|gcr|cr.|quay|registr|testcontainers"
    "|config.json|login|sha256:|storage driver|swap limit|/v1/|/v2/|manifest|http|/blobs/"
    '|errors"|service=|scope=|imagepull'
    "|failed to |push|pull|skopeo|buildah|nerdctl|crictl|kube|buildkit|buildx|kaniko|crane|oras|jib|harbor"
    "|artifactory|nexus|jfrog|acr|ecr|pkg.dev|permission_denied|getauthorizationtoken|getcalleridentity"
    "|configure-aws"
).split("|")
"""Words of which a line has one that has any of these: looked for first, since most lines have none."""


@functools.lru_cache(512)
def speaks_of_images(lower: str) -> bool:
    """Whether a line itself speaks of images and registries."""
    return _OF_IMAGES.search(lower) is not None


@functools.lru_cache(512)
def hints_at_images(lower: str) -> bool:
    """Whether a line itself has words that may mean images and registries."""
    if not any(map(lower.__contains__, _HINTING)):
        return False
    return _HINTS.search(lower) is not None or speaks_of_images(lower)


@functools.lru_cache(512)
def is_of_others(lower: str) -> bool:
    """Whether a line is another program's, or about what another program does."""
    if _OF_PACKAGES.search(lower):
        return True
    return not _OF_CLIENTS.search(lower) and _OF_OTHERS.search(lower, 0, _OPENING) is not None


@functools.lru_cache(512)
def runs_others(lower: str) -> bool:
    """Whether a line makes another program speak in those behind it."""
    return _RUNS.search(lower) is not None
