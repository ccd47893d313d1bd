"""What any program may say of this machine, of names and of contents."""

from __future__ import annotations

from regdoctor.causes.signatures.phrases import CANNOT, NOT, status, symptom
from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import ENGINE

_CLIENT = r"(?:docker|podman)(?: cli| client| daemon| engine| service| desktop| server)?"

LOCAL_SYMPTOMS: tuple[Signature, ...] = (
    symptom(
        "docker-not-installed",
        rf"\b{_CLIENT}(?: binary| executable| command|-compose| compose)?(?: {NOT}|:? not) (?:been )?(?:found|installed)"
        rf"|(?:find|locate)(?: the| a| your)? (?:docker|podman)(?: cli| client| binary| executable| command)\b"
        rf"|please install (?:docker|podman)\b|\b(?:docker|podman) (?:cli|binary) (?:is )?missing|\b(?:docker|podman): command not found|docker: is it installed",
    ),
    symptom(
        "docker-not-running",
        rf"\b{_CLIENT} {NOT} (?:currently )?(?:appear to be |seem to be )?(?:running|started|responding|reachable)"
        rf"|\bis (?:the )?{_CLIENT} (?:up and )?running\?|\bplease start docker\b|\bdocker(?: daemon| engine)? (?:is )?unreachable|\bsocket not found\b|\bis dockerd (?:up|running)|\bbuild to docker daemon failed|\brequires (?:running )?(?:the )?docker daemon|pipe\W{{1,3}}docker"
        rf"|{CANNOT} .{{0,30}}\b(?:connect|reach|contact|talk|communicate)\w{{0,4}}(?: to| with)?(?: the| your| local)? docker"
        r"(?: daemon| engine| socket| service| api)?(?! ?(?:hub|registry|\.|-|:))\b"
        r"|\bdocker (?:engine|daemon|service) (?:is )?(?:stopped|crashed|exited|down)\b",
        "docker-permission-denied",
        apart=ENGINE,
    ),
    symptom(
        "docker-permission-denied",
        r"(?:permission|access)\b.{0,60}\b(?:docker|podman)(?:\.sock| socket| daemon)\b|not in the docker group"
        r"|\bdocker\b.{0,40}\b(?:must be run as|requires|needs) root",
        "docker-not-running",
        apart=ENGINE,
    ),
    symptom(
        "quota-exceeded",
        r"\b(?:storage|project|registry|namespace)\b.{0,40}\b(?:limit|quota)\b.{0,40}(?:reached|exceeded|full|used up)"
        r"|\bquota\b.{0,30}(?:exceeded|used up|reached|exhausted)|\bout of storage\b|exceed\w{0,3} .{0,30}\bquota\b",
        "disk-full",
        apart="If the registry says so, its storage is full; if docker does before it asks one, the disk is.",
    ),
    symptom(
        "disk-full",
        r"\b(?:not enough|insufficient|out of|low on|no more|no)(?: free| available| more)? (?:disk|space)\b"
        r"|\b(?:disk|file ?system|volume|storage) (?:is )?(?:full|exhausted)\b|\b(?:layer|write|extract)\w{0,4}\b.{0,300}input/output error",
    ),
    symptom(
        "config-json-invalid",
        r"(?:(?<!dev)(?<!dev )\b(?:config\.json|auth\.json|auth(?:entication)? (?:file|config)"
        r"|docker(?:'s)? (?:auth )?config(?:uration)?|\.?dockercfg|dockerconfigjson)\b.{0,120}"
        r"(?:invalid|malformed|corrupt|not valid|unexpected|pars(?:e|ing) error|jsondecodeerror|unmarshal|base64)"
        r"|\b(?:invalid|malformed|corrupt(?:ed)?|pars(?:e|ing)|decod(?:e|ing))\b.{0,60}"
        r"\b(?:docker(?:'s)? (?:auth )?config|config\.json|auth\.json)|\billegal base64 data|\b(?:credentials?|auth) file could not be (?:parsed|read))",
    ),
    symptom(
        "credential-helper-missing",
        r"\bcredentials?[ -](?:helper|store|provider)\b.{0,80}(?:not found|missing|not installed|no such file)"
        rf"|{CANNOT} .{{0,20}}(?:find|locate) \W?docker-credential-",
    ),
    symptom(
        "credential-helper-error",
        r"\bcredentials?[ -](?:helper|store|provider)\b.{0,80}(?:fail|error|exit|locked|denied)"
        rf"|\b(?:unexpected|error)\b.{{0,60}}\bcredentials?[ -](?:helper|store|provider)\b|\berror .{{0,20}}getting (?:a |the )?credential\b|{CANNOT} .{{0,40}}credentials?\b.{{0,40}}\b(?:store|keychain|keyring|helper|secret service)\b",
    ),
    symptom(
        "not-a-tty",
        r"\b(?:username|password|login)\b.{0,60}\beof\b|\beof when reading a line"
        r"|\b(?:password|username|login|prompt)\b.{0,60}\b(?:tty|terminal)\b|\bno (?:tty|terminal)\b.{0,60}\b(?:password|login|prompt)",
        "no-credentials-sent",
        apart="The client asked for a login that nobody could type: it has to be given beforehand, with docker login.",
    ),
    symptom(
        "gcp-bad-json-key",
        r"\bbase64: invalid input|\b(?:service[ _-]?account|(?:service|json|account)[ _-]?key|key[ _-]?file|json[ _-]?credential)"
        r"s?\b.{0,80}(?:malformed|invalid|decode|parse|not valid|corrupt)"
        r"|\b(?:decod|pars|malformed|invalid)\w{0,4}\b.{0,60}(?:service[ _-]?account|(?:service|json|account)[ _-]?key|key[ _-]?file)",
        "value-whitespace",
        apart="If the secret holds the key's whole text and nothing else, the key is broken; otherwise it was shortened or encoded on its way.",
    ),
    symptom(
        "devcontainer-config-invalid",
        r"\b(?:devcontainer\.json|dev container config(?:uration)?)\b.{0,120}"
        r"(?:missing|invalid|unexpected|must\b|could not|cannot|not found|has no|does not|failed|unable|error|malformed)",
    ),
    symptom(
        "set-incomplete",
        r"\b(?:user ?name|password|token)\b(?: and (?:user ?name|password|token))?"
        r"(?: secret| variable| is| was| are| were| must| cannot| can't| not| be){0,3} (?:empty|blank|unset|not set|not specified|not provided|missing|required)\b"
        r"|\b\w{0,40}_(?:user|username|password|token)\b (?:is |was )?(?:not set|unset|empty|missing|undefined|required)",
        "value-empty",
        "secret-not-visible",
        apart="If the secret is in the settings with a value, it does not reach this machine.",
    ),
)

CONTENT_SYMPTOMS: tuple[Signature, ...] = (
    symptom(
        "image-platform-mismatch",
        r"\b(?:no|not|doesn't|isn't|unsupported|incompatible|wrong)\b.{0,60}\b(?:platform|architecture|(?:linux|windows)/(?:amd|arm)\w{0,3})\b"
        r"|\b(?:platform|architecture)\b.{0,60}(?:not supported|unsupported|mismatch|not match|incompatible)|\bimage is for (?:amd|arm|linux|windows)",
    ),
    symptom(
        "docker-api-mismatch",
        r"\b(?:docker|client|server|api|daemon)\b.{0,40}\b(?:too old|too new|outdated)\b",
    ),
    symptom(
        "client-library-incompatible",
        r"\b(?:manifest|media ?type|schema)\b.{0,80}(?:not supported|unsupported|not recogni[sz]ed|unexpected)"
        r"|(?:not supported|unsupported|unexpected|unrecogni[sz]ed).{0,40}\b(?:manifest|media ?type|schema)\b",
    ),
    symptom(
        "invalid-reference",
        r"\b(?:not a valid|invalid|bad|malformed|illegal|(?:could not|cannot|failed to|unable to) parse)(?: \w{1,20}){0,2}"
        r" (?:image|tag|repository|reference)(?: (?:name|reference|tag|ref|uri|url|format))?\b|\bname_invalid\b|\bmust be lower ?case\b",
    ),
    symptom(
        "clock-skew",
        r"\bclock\b.{0,40}(?:skew|wrong|sync|ahead|behind|incorrect)|\btoken\b.{0,60}(?:not valid yet|not yet valid|in the future|before issued)",
    ),
    symptom(
        "not-a-registry",
        r"\bhtml\b.{0,40}instead of|instead of json|unexpected content[- ]type\W{1,3}text/html"
        r"|is not an? (?:docker |container |valid |oci ){0,2}registry|www-authenticate",
        "proxy-error",
        apart="If curl shows the sign-in page of a company or of a network, a proxy answered; otherwise the host serves something else.",
    ),
    symptom(
        "client-library-incompatible",
        status("400", "bad request"),
        "bad-credentials",
        "invalid-reference",
        apart="The registry did not understand what was asked: an older client does, or the name or the login holds a sign that may not be there.",
    ),
)
"""In the order in which a line is asked."""
