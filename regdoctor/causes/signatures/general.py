"""What any program may say of a failure, where its own words are in no other table.

Each entry is a pattern of words that people and programs use for one thing. They are read only where a text has
no words that are known better, and where it speaks of images and registries: they are a guess, and are told as
one. The first that fits a line is its answer.
"""

from __future__ import annotations

from regdoctor.causes.signatures.general_local import CONTENT_SYMPTOMS, LOCAL_SYMPTOMS
from regdoctor.causes.signatures.general_network import NETWORK_SYMPTOMS
from regdoctor.causes.signatures.phrases import CANNOT, LOGIN_WORD, NO_SUCH, NOT_THERE, status, symptom
from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import LOGIN, NOT_SENT, PULL, PUSH, REFUSED

_FORBIDDEN = (
    r"\b(?:un|(?<!method )not )(?:authori[sz]ed|permitted|allowed)\b|\b(?:access|permission)s?\b.{0,100}\b(?:denied|forbidden|refused)"
    r"|\bdenied access|\baccess not granted|\bis private\b|\bforbidden\b|\b(?:no|lacks?|missing|without|insufficient|not have)(?: the| any| \w{1,20}){0,2}"
    r" (?:permissions?|privileges?|rights?|access)\b|\bmake sure (?:that )?you (?:have permission|are auth)|\bpush permissions?\b|n't have(?: the| any| \w{1,20}){0,2} (?:permission|privilege|right|access)"
)
_WITHOUT_LOGIN = (
    r"\b(?:please|must|need to|have to)(?: first)?(?: be)? (?:log(?:ged)? ?in|sign(?:ed)? ?in|authenticated?)\b"
    r"|\b(?:log ?in|authentication|authorization|credentials?)(?: is| are)? (?:required|needed)"
    r"|\brequires? (?:you to )?(?:authenti|authori[sz]ation|(?:a )?log ?in|credentials)|\banonymous\b.{0,60}(?:\bnot\b|denied|forbidden|disabled)"
    r"|\b(?:no|missing|without|not find|cannot find|can't find|not found) (?:\w{1,20} ){0,3}?(?:credentials?|auth|authentication|login)\b(?! (?:fail|error))"
    r"|\bcredentials?\b.{0,80}(?:not found|missing|not provided|not set|not configured|not available|unavailable)"
    r"|\b(?:not|n't) (?:logged|signed) in|\bnot authenticated|\bunauthenticated\b"
)

_REFUSALS = (
    symptom(
        "rate-limited",
        status("429", "too many")
        + r"|\btoo many requests|\b(?:rate|pull|download) (?:limit|quota)\b|\bthrottl(?:ed|ing)\b",
    ),
    symptom(
        "request-too-large",
        status("413", "request entity|payload|content")
        + r"|\b(?:entity|body|layer|blob|upload|payload) (?:is )?too large",
    ),
    symptom(
        "registry-unavailable",
        status(r"50[0234]|52\d", r"internal|bad gateway|service|gateway|server error")
        + r"|\bbad gateway\b|\binternal server error|\bservice unavailable|\btemporarily unavailable|\bmaintenance\b|\bread[- ]only mode"
        r"|\b(?:registry|mirror|server|service|hub)(?: is| was)?(?: currently)? (?:down|offline|unavailable|overloaded)\b",
        "proxy-error",
        apart="If the registry's status page shows no trouble and another network works, something before it is out of order.",
    ),
    symptom(
        "aws-access-denied",
        r"\b(?:ecr|aws|iam|sts)\b.{0,120}\b(?:access ?denied|not authorized)",
        "aws-no-credentials",
        apart="aws sts get-caller-identity tells who asks: if it fails, no working keys are at hand.",
    ),
    symptom(
        "aws-no-credentials",
        r"\baws\b.{0,40}\bcredentials?\b.{0,40}\b(?:not|no|missing|invalid)\b|\bno aws credentials",
    ),
    symptom(
        "azure-token-error",
        r"\b(?:aad|entra|azure|acr)\b.{0,60}\btokens?\b.{0,60}(?:fail|could not|cannot|error|denied)",
    ),
    symptom("gcp-not-configured", r"\bgcloud\b.{0,60}\bnot (?:configured|authenticated|logged in)"),
    symptom(
        "account-locked",
        r"\b(?:account|user|robot|organi[sz]ation)\b.{0,40}\b(?:locked|disabled|suspended|deactivated|inactive|banned|activation required)\b|\bverify your .{0,30}\be-?mail",
        "bad-credentials",
        apart="The registry's web page tells whether the account still opens.",
    ),
    symptom("ecr-token-expired", r"\becr\b.{0,80}\btoken\b.{0,40}\bexpired"),
    symptom(
        "token-revoked",
        r"\b(?:token|credential|key|session)s?\b.{0,60}\brevoked",
        "token-expired",
        apart=REFUSED,
    ),
    symptom(
        "token-expired",
        rf"(?:{LOGIN_WORD}|\bsession\b|\bsecret\b).{{0,60}}\b(?:expired|no longer valid|outdated)\b|\bexpired (?:token|credential|session|login)",
        "token-revoked",
        "bad-credentials",
        apart=REFUSED,
    ),
    symptom(
        "token-kind-unsupported",
        r"\b(?:access|api|deploy|app|personal)[ -](?:token|key|password)s?\b.{0,60}\binstead\b|\bpasswords?\b.{0,40}(?:not|no longer) (?:supported|accepted)",
        "bad-credentials",
        apart=REFUSED,
    ),
    symptom(
        "missing-scope",
        r"\b(?:insufficient|missing|lacks?|without|wrong|required|needs?)\b.{0,40}\bscopes?\b",
        "pull-denied",
        "push-denied",
        apart="The page where the token was made shows its scopes.",
    ),
    symptom(
        "bad-credentials",
        rf"\b(?:invalid|incorrect|wrong|bad|rejected)(?: the| \w{{1,20}}){{0,2}} {LOGIN_WORD}"
        rf"|{LOGIN_WORD}.{{0,60}}\b(?:invalid|incorrect|wrong|rejected|refused|not valid|not accepted|mismatch)\b",
        *LOGIN,
        apart=REFUSED,
    ),
    symptom(
        "push-denied",
        rf"{status('401|403', 'unauthori|forbidden|authori')}|{_FORBIDDEN}|\bimmutable\b|\b(?:push|upload) (?:was |is )?(?:rejected|refused|denied)",
        "bad-credentials",
        "no-credentials-sent",
        "repository-not-found",
        apart=PUSH,
        during=("push",),
    ),
    symptom(
        "no-credentials-sent",
        _WITHOUT_LOGIN,
        "bad-credentials",
        "config-stale-credentials",
        "pull-denied",
        apart=NOT_SENT,
    ),
    symptom(
        "no-credentials-sent",
        status("401", "unauthori|authori"),
        "bad-credentials",
        "pull-denied",
        "token-expired",
        apart=PULL,
        during=("pull",),
    ),
    symptom(
        "bad-credentials",
        f"{status('401', 'unauthori|authori')}|{status('403', 'forbidden')}|{_FORBIDDEN}",
        *LOGIN,
        apart=REFUSED,
        during=("login",),
    ),
    symptom(
        "bad-credentials",
        status("401", "unauthori|authori") + r"|\bunauthori[sz]ed\W{0,3}$",
        "no-credentials-sent",
        "token-expired",
        "pull-denied",
        apart=REFUSED,
    ),
    symptom(
        "pull-denied",
        f"{status('403', 'forbidden')}|{_FORBIDDEN}",
        "no-credentials-sent",
        "bad-credentials",
        "firewall-denied",
        apart=PULL,
    ),
    symptom(
        "tag-not-found",
        rf"\b(?:image|manifest|tag|digest|chart)\b.{{0,120}}(?:{NOT_THERE}|missing from\b)|\b(?:manifest|tag)\b.{{0,60}}[ :]unknown\b|\bmanifest_unknown\b|{NO_SUCH}(?: \w{{1,20}}){{0,2}} (?:image|manifest|tag)\b",
        "repository-not-found",
        "pull-denied",
        apart="The registry's web page shows which tags there are; if it shows no such repository, that is what is missing.",
    ),
    symptom(
        "not-a-registry",
        status("405", "method not allowed"),
        "push-denied",
        "proxy-error",
        apart="If pulls work, the host is a mirror that takes no pushes; otherwise it is no registry.",
    ),
    symptom(
        "not-a-registry",
        status("404", "not found"),
        "server-has-path",
        "wrong-server-name",
        apart="If the registry's own pages name exactly this host for docker login, it is out of order; otherwise that one is meant.",
        during=("login",),
    ),
    symptom(
        "repository-not-found",
        rf"\b(?:repository|repo|project|namespace|package)\b.{{0,120}}{NOT_THERE}|{NO_SUCH}(?: \w{{1,20}}){{0,2}} (?:repository|repo|project)\b"
        rf"|\bno (?:repository|project) (?:named|called)|\bname_unknown\b|{status('404', 'not found')}",
        "tag-not-found",
        "pull-denied",
        "not-a-registry",
        apart=PULL,
    ),
)

_AFTERWARDS = (
    symptom(
        "proxy-error",
        r"\b(?:get|head|post|put|patch) \W?https://\S{1,500}: \W?[a-z][a-z ]{2,60}\W{0,2}$",
        "registry-unavailable",
        "bad-credentials",
        apart="docker repeats the words with which a proxy refuses to connect: if curl without a proxy gets other words, the proxy said these.",
        follows=True,
    ),
    symptom(
        "bad-credentials",
        rf"\b(?:log ?in|sign[- ]?in|authentication|authenticating|authorization)\b.{{0,80}}\b(?:fail\w{{0,4}}|error|unsuccessful|denied|refused|rejected)"
        rf"|{CANNOT}.{{0,40}}\b(?:log ?in|login|authenticat\w{{1,3}}|authori[sz]e)\b",
        *LOGIN,
        apart=REFUSED,
        follows=True,
    ),
    symptom(
        "push-denied",
        rf"{CANNOT}[ :]{{1,2}}(?:to )?push|\bpush(?:ing)? (?:\w{{1,20}} ){{0,2}}(?:failed|error)",
        "no-credentials-sent",
        "registry-unavailable",
        apart="The lines above tell why; if there are none, docker push with the same image does.",
        follows=True,
    ),
    symptom(
        "pull-denied",
        rf"{CANNOT}[ :]{{1,2}}(?:to )?(?:pull\b|process feature|(?:fetch|download|get|access|inspect)\w{{0,3}} (?:\w{{1,20}} ){{0,2}}(?:image|manifest|base))|\bimage pull (?:\w{{1,20}} )?(?:failed|error)",
        "no-credentials-sent",
        "tag-not-found",
        "registry-unavailable",
        apart="The lines above tell why; if there are none, docker pull with the same image does.",
        follows=True,
    ),
    symptom(
        "registry-unavailable",
        rf"{CANNOT} (?:to )?(?:connect|reach|contact)",
        "tcp-timeout",
        "tcp-refused",
        "dns-not-found",
        apart="The lines above tell why; if there are none, curl with the same host does.",
        follows=True,
    ),
)

GENERAL: tuple[Signature, ...] = (
    *LOCAL_SYMPTOMS,
    *CONTENT_SYMPTOMS,
    *NETWORK_SYMPTOMS,
    *_REFUSALS,
    *_AFTERWARDS,
)
"""In the order in which a line is asked: what happens on this machine, on the way, and at the registry."""
