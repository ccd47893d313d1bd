"""What Google's two registries share: the user names that say what kind of credential follows.

Facts: https://cloud.google.com/artifact-registry/docs/docker/authentication and
https://cloud.google.com/iam/docs/keys-create-delete (the fields of a key file).
"""

from __future__ import annotations

import re

from regdoctor.regex import regex
from regdoctor.registries.judgement import Refusal, Trouble, Values, wrong_user
from regdoctor.registries.registry import Hiding, Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from json import JSONDecodeError

KEY_USER = "_json_key"
ENCODED_USER = "_json_key_base64"
TOKEN_USER = "oauth2accesstoken"  # noqa: S105 - a user name

TAKEN = ("google-json-key", "google-json-key-base64", "google-access-token")
USERS = (
    ("google-json-key", KEY_USER),
    ("google-json-key-base64", ENCODED_USER),
    ("google-access-token", TOKEN_USER),
    ("google-access-token", "_token"),
    ("google-access-token", r"_dcgcr_\w+_token"),
)
LIFETIMES = (("google-access-token", "within an hour of its creation"),)

_PRIVATE_KEY = regex(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----\s[\s\S]+-----END \1-----\s*")
_FIELDS = ("private_key_id", "private_key", "client_email")


def judge(values: Values) -> tuple[Trouble, ...]:
    """What is wrong with a user name and a password for a registry of Google."""
    if values.user == KEY_USER:
        problem = problem_of_key(values.password)
    elif values.user == ENCODED_USER:
        problem = _problem_of_encoded(values.password)
    elif values.user in (TOKEN_USER, "_token") or values.user.startswith("_dcgcr_"):
        return ()
    else:
        problem = f"neither {KEY_USER} nor {ENCODED_USER} nor {TOKEN_USER}"
        return (wrong_user(values, None, problem),)
    if problem is None:
        return ()
    return (
        Trouble("gcp-bad-json-key", evidence=(f"the password is {problem}",), facts=(("problem", problem),)),
    )


def problem_of_key(text: str) -> str | None:
    """What keeps a text from being a service account's key file; None where nothing does."""
    import json

    if not text.lstrip().startswith("{"):
        if re.match(r"\s*\"\s*\{", text):
            return "the key file as a string in quotes"
        return "something other than the content of a key file, which begins with {"
    try:
        key = json.loads(text)
    except json.JSONDecodeError as error:
        return _problem_of_json(text, error)
    except (RecursionError, ValueError):  # nested without end, a number without end
        return "something other than a key file"
    if not isinstance(key, dict):
        return "something other than a key file"
    kind = key.get("type")
    if kind != "service_account":
        names = {
            "authorized_user": "the login of a person, not the key of a service account",
            "external_account": "the configuration of a workload identity, which holds no key",
        }
        if "installed" in key or "web" in key:
            return "an OAuth client's file, not the key of a service account"
        return names.get(str(kind), "JSON, and not the key of a service account")
    missing = [field for field in _FIELDS if not isinstance(key.get(field), str) or not key[field]]
    if missing:
        return f"a key file that lacks {' and '.join(missing)}"
    if not _PRIVATE_KEY.fullmatch(key["private_key"]):
        return "a key file whose private_key is not whole"
    return None


def _problem_of_json(text: str, error: JSONDecodeError) -> str:
    import json

    head = "".join(text[:2000].replace("\\n", "").split())
    if re.match(r'\{\\+"', head):
        return "a key file whose quotes have backslashes before them"
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    else:
        return "a key file whose private_key has real line ends where \\n has to stand"
    if not text.rstrip().endswith("}"):
        return "a key file that breaks off before its end"
    if re.match(r"\{(type|'type'):", head):
        return "a key file that has lost its double quotes"
    return f"a key file that is no valid JSON (line {error.lineno}, column {error.colno})"


def _problem_of_encoded(text: str) -> str | None:
    import base64

    bare = "".join(text.split())
    try:
        decoded = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode()
    except ValueError:
        return "something other than the base64 of a key file"
    if re.fullmatch(r"[A-Za-z0-9+/=\s]+", decoded):
        return "a key file that is encoded twice"
    problem = problem_of_key(decoded)
    return None if problem is None else f"the base64 of {problem}"


def reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    """What a refusal by a registry of Google means for the values that were refused."""
    if refusal.cause != "bad-credentials":
        return refusal, None
    if values.credential.kind == "google-access-token":
        # Whole and of the right form; it is good for an hour, and a secret lives longer.
        when = "an hour after it was created"
        return refusal, Trouble("token-expired", also_possible=("bad-credentials",), facts=(("when", when),))
    # The key file is whole, so it is not mistyped: the key was deleted, or its account.
    return refusal.but(also_possible=(*refusal.also_possible, "token-revoked")), None


_HIDING = Hiding(
    (401, 403),
    "Google says the same of a project, location or repository that does not exist and of one that the "
    "account cannot read. The list of repositories in that project's console tells which it is.",
)


def complete(registry: Registry) -> Registry:
    """A registry with all that Google's registries share."""
    return registry.but(
        takes=TAKEN,
        users=USERS,
        lifetimes=LIFETIMES,
        judge=judge,
        reread=reread,
        hiding=_HIDING,
        # https://github.com/GoogleCloudPlatform/docker-credential-gcr (credhelper/helper.go)
        helpers=("gcr", "gcloud"),
    )
