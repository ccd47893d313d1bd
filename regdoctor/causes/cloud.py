"""Causes in what Azure, AWS and Google Cloud take in place of a user and a password."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    AGAIN,
    ENTER_SERVER,
    LOG_IN_AGAIN,
    NEW_CREDENTIAL,
    OWN_ACCOUNT,
    RESTART,
    SECRETS_PAGE,
    STORE_KEY_ID,
    STORE_KEY_SECRET,
    STORE_PASSWORD,
    STORE_USER,
    TRY,
    TRY_KEY,
)
from regdoctor.model import Step

FAMILY = "Cloud credentials"

_AZURE = "https://learn.microsoft.com/azure/container-registry/"
_AWS_POLICIES = "https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html"
_GOOGLE_LOGIN = "https://cloud.google.com/artifact-registry/docs/docker/authentication"


def _new_key(text: str) -> Step:
    return Step(
        f"{text} In the AWS console: IAM > Users > the user > Security credentials > Create access key. AWS "
        "shows its secret only this once.",
        command="aws iam create-access-key --user-name '<USER>'",
        url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    )


_LASTING_KEY = _new_key(
    "Create an access key for an IAM user that is allowed to pull: replace <USER> with its name. The key's "
    "id begins with AKIA, and the key lasts until you delete it."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="admin-user-disabled",
        family=FAMILY,
        title="Admin user disabled at {host}",
        explanation=(
            "Azure refused the registry's admin user, which has the registry's own name and is disabled "
            "until somebody enables it. All who use it share one login that can do everything, so a token of "
            "your own is safer."
        ),
        steps=(
            Step(
                "In the Azure portal, open the registry > Settings > Access keys, and see whether Admin user "
                "is on. Or run this: replace <NAME> with the first part of {server_variable}, without a dash "
                "and what follows it.",
                command="az acr show --name '<NAME>' --query adminUserEnabled",
                url=f"{_AZURE}container-registry-authentication",
            ),
            Step(
                "The safer fix is a token that can only pull from one repository. The name that you give it "
                "is the user name; the command shows its passwords.",
                command=(
                    "az acr token create --registry '<NAME>' --name '<TOKEN>' "
                    "--repository '<REPOSITORY>' content/read metadata/read"
                ),
                url=f"{_AZURE}container-registry-token-based-repository-permissions",
            ),
            STORE_USER,
            STORE_PASSWORD,
            Step(
                "The quicker fix is to enable the admin user.",
                command="az acr update --name '<NAME>' --admin-enabled true",
                url=f"{_AZURE}container-registry-authentication",
            ),
            Step(
                "Then store its password, without it being shown. For a secret of your own account, use "
                "--user instead of --app codespaces.",
                command=(
                    "az acr credential show --name '<NAME>' --query 'passwords[0].value' --output tsv "
                    "| gh secret set {password_variable} --app codespaces"
                ),
            ),
            Step(
                "Or use a service principal, the account of a program: the user name is its application "
                "(client) ID, the password its client secret.",
                url=f"{_AZURE}container-registry-auth-service-principal",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="azure-token-error",
        family=FAMILY,
        title="Azure does not know the user or token of {holder}",
        explanation=(
            "Azure does not know {user_variable}. A registry at Azure takes as user name the name of one of "
            "its tokens, the application (client) ID of a service principal, or, for the admin user, the "
            "registry's own name. Most likely it is none of these, or the ID of an application that "
            "Microsoft Entra, Azure's sign-in service, does not know in this registry's directory. A token "
            "of another registry is refused as well."
        ),
        steps=(
            Step(
                "If the user is a token, see whether it is there and enabled: replace <NAME> with the "
                "registry's name.",
                command="az acr token list --registry '<NAME>' --output table",
                url=f"{_AZURE}container-registry-token-based-repository-permissions",
            ),
            Step(
                "If it is a service principal, look up its application (client) ID: replace <APPLICATION> "
                "with its name. Its name and its object ID are not accepted.",
                command="az ad sp list --display-name '<APPLICATION>' --query '[].appId' --output tsv",
                url=f"{_AZURE}container-registry-auth-service-principal",
            ),
            Step(
                "If Azure's words hold a code such as AADSTS700016, look up what it means.",
                url="https://learn.microsoft.com/entra/identity-platform/reference-error-codes",
            ),
            STORE_USER,
            NEW_CREDENTIAL,
            TRY,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="aws-invalid-access-key",
        family=FAMILY,
        title="The access key of {holder} is unknown to AWS",
        explanation=(
            "AWS does not know {key_id}, the id of the access key in {user_variable}, or not as an active "
            "one. Most likely the key was deleted or deactivated, or its id was mistyped. China and GovCloud "
            "are separate parts of AWS: their keys are not known in the others."
        ),
        steps=(
            Step(
                "List the keys of the IAM user that it belongs to, with their status: replace <USER> with "
                "the user's name.",
                command="aws iam list-access-keys --user-name '<USER>'",
            ),
            Step(
                "If it is listed as Inactive, and not for a good reason, activate it.",
                command=(
                    "aws iam update-access-key --user-name '<USER>' "
                    "--access-key-id '<KEY_ID>' --status Active"
                ),
            ),
            _new_key(
                "Otherwise create a new one for the IAM user, in the part of AWS where the registry is."
            ),
            TRY_KEY,
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            RESTART,
        ),
    ),
    Cause(
        id="aws-signature-mismatch",
        family=FAMILY,
        title="The secret of {holder} does not belong to its access key",
        explanation=(
            "AWS knows {key_id}, but the secret in {password_variable} is not the one that belongs to it. "
            "Either it belongs to another key, or a character was lost or changed; such a secret usually has "
            "40. AWS shows a secret only once, when the key is created, so you usually need a new key."
        ),
        steps=(
            Step(
                "If you have kept the secret of this very key, store it again; the command asks for it. "
                f"{OWN_ACCOUNT}",
                command="gh secret set {password_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            _new_key(
                "If not, create a new key for the IAM user: replace <USER> with its name. A user can have "
                "two keys."
            ),
            TRY_KEY,
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "When everything that used the old key has the new one, delete the old one.",
                command="aws iam delete-access-key --user-name '<USER>' --access-key-id '<OLD_KEY_ID>'",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="aws-session-token",
        family=FAMILY,
        title="The access key of {holder} is a temporary one",
        explanation=(
            "AWS does not accept {key_id} here, because it is temporary: a key whose id begins with ASIA "
            "lasts only hours, and works only together with a third value, its session token. The three "
            "secrets have no place for that, so it fails even if its secret is right. You need a permanent "
            "key of an IAM user, whose id begins with AKIA."
        ),
        steps=(_LASTING_KEY, TRY_KEY, STORE_KEY_ID, STORE_KEY_SECRET, RESTART),
    ),
    Cause(
        id="aws-expired-token",
        family=FAMILY,
        title="The temporary AWS credentials of {holder} have expired",
        explanation=(
            "AWS answered that the security token in the request has expired. Such a token belongs to a "
            "temporary access key, which lasts minutes or hours and cannot be extended. For a secret you "
            "need a permanent key of an IAM user, whose id begins with AKIA."
        ),
        steps=(_LASTING_KEY, TRY_KEY, STORE_KEY_ID, STORE_KEY_SECRET, RESTART),
    ),
    Cause(
        id="aws-access-denied",
        family=FAMILY,
        title="This key is not allowed to do {action}",
        explanation=(
            "AWS accepted the access key, but its user is not allowed to do {action}, and without that there "
            "is no login. AWS's own words, shown with this finding, tell why: with 'no identity-based "
            "policy' a permission is missing; with 'explicit deny', 'permissions boundary' or 'service "
            "control policy' (SCP) a rule forbids it; with 'not subscribed' the AWS account must be "
            "activated first."
        ),
        steps=(
            Step(
                "If a permission is missing, attach a policy that has it: replace <USER> with the IAM user's "
                "name. This one, which GitHub's documentation names, covers ecr:GetAuthorizationToken, "
                "pulling and listing images. For China, write arn:aws-cn instead of arn:aws; for GovCloud, "
                "arn:aws-us-gov.",
                command=(
                    "aws iam attach-user-policy --user-name '<USER>' "
                    "--policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
                ),
                url=_AWS_POLICIES,
            ),
            Step(
                "AmazonEC2ContainerRegistryPullOnly allows less: only ecr:GetAuthorizationToken and pulling. "
                "AmazonEC2ContainerRegistryFullAccess, which GitHub's documentation names too, also lets the "
                "user push, delete and change settings: more than a login needs.",
                url=_AWS_POLICIES,
            ),
            Step(
                "If AWS's words name sts:GetServiceBearerToken or ecr-public:GetAuthorizationToken, attach "
                "this policy, which has both. AWS documents them for ECR Public; GitHub's documentation "
                "names the first, which neither of its two policies contains.",
                command=(
                    "aws iam attach-user-policy --user-name '<USER>' "
                    "--policy-arn arn:aws:iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly"
                ),
                url="https://docs.aws.amazon.com/AmazonECR/latest/public/public-security-iam-awsmanpol.html",
            ),
            Step(
                "If a rule forbids it, no further policy helps. Ask whoever manages the AWS account or "
                "organisation to allow {action} on all resources, or for the key of a user whom the rule "
                "does not affect.",
                url="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
            ),
            AGAIN,
            LOG_IN_AGAIN,
        ),
    ),
    Cause(
        id="aws-wrong-region",
        family=FAMILY,
        title="Region or account in {server_variable} does not fit",
        explanation=(
            "The login does not fit the host name, which at AWS begins with an account's number and goes on "
            "with a region. Most likely one of them is wrong: there is no such region, {region} is switched "
            "off for {account}, or the token or key is for another one. A token of one region is not "
            "accepted in another; tokens for ECR Public come only from us-east-1."
        ),
        steps=(
            Step(
                "List the addresses of your repositories: replace <REGION> with the region where you created "
                "them. The part before the first slash is the server.",
                command=(
                    "aws ecr describe-repositories --region '<REGION>' --query 'repositories[].repositoryUri'"
                ),
                url="https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
            ),
            ENTER_SERVER,
            Step(
                "If the server is right and {password_variable} holds a token, fetch the token in the "
                "server's region. For ECR Public, write ecr-public instead of ecr, and us-east-1 for "
                "<REGION>.",
                command=(
                    "aws ecr get-login-password --region '<REGION>' "
                    "| gh secret set {password_variable} --app codespaces"
                ),
            ),
            Step(
                "See which regions exist, and which are enabled for your account.",
                command=(
                    "aws ec2 describe-regions --region us-east-1 --all-regions "
                    "--query 'Regions[].[RegionName,OptInStatus]' --output table"
                ),
            ),
            RESTART,
        ),
    ),
    Cause(
        id="aws-no-credentials",
        family=FAMILY,
        title="AWS was asked without an access key",
        explanation=(
            "A program asked AWS for a token, but had no access key to sign the request with. Such programs "
            "look in places of their own, such as AWS_ACCESS_KEY_ID and ~/.aws, not in the secrets of a "
            "registry. The login that a codespace makes by itself takes the key from {user_variable} and "
            "{password_variable}."
        ),
        steps=(
            Step(
                "See whether the secrets for this registry exist and work.",
                command="regdoctor report",
            ),
            _new_key(
                "If you have no key yet, create one for an IAM user that is allowed to pull: replace <USER> "
                "with its name."
            ),
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "If a program of yours asks AWS itself, it needs the key under these names too; the commands "
                "ask for the two values.",
                command=(
                    "gh secret set AWS_ACCESS_KEY_ID --app codespaces && "
                    "gh secret set AWS_SECRET_ACCESS_KEY --app codespaces"
                ),
                url="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="ecr-token-expired",
        family=FAMILY,
        title="The ECR token of {holder} expired {when}",
        explanation=(
            "{password_variable} holds a token of AWS ECR, the password for the user AWS. Such a token lasts "
            "12 hours at most, and this one expired {when}. A new one would not last longer; with an access "
            "key instead, a fresh token is fetched each time a codespace starts."
        ),
        steps=(
            _LASTING_KEY,
            TRY_KEY,
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "Only if you cannot get an access key: store a new token, without it being shown. The user "
                "stays AWS; replace <REGION> with the server's region. For ECR Public, write ecr-public "
                "instead of ecr, and us-east-1 for <REGION>.",
                command=(
                    "aws ecr get-login-password --region '<REGION>' "
                    "| gh secret set {password_variable} --app codespaces"
                ),
                url="https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="gcp-bad-json-key",
        family=FAMILY,
        title="{password_variable} is no complete Google key file",
        explanation=(
            "What {password_variable} holds is {problem}. With the user _json_key, Google takes the key file "
            "of a service account, whole and as downloaded; with _json_key_base64, the base64 of it. Most "
            "likely a part was lost or changed on the way: the file has several lines, quotation marks and "
            "backslashes."
        ),
        steps=(
            Step(
                "If you no longer have the file, create a new key: replace <ACCOUNT> with the service "
                "account's e-mail address. In the Google Cloud console: IAM & Admin > Service Accounts > the "
                "account > Keys > Add key > Create new key > JSON.",
                command="gcloud iam service-accounts keys create key.json --iam-account '<ACCOUNT>'",
                url="https://cloud.google.com/iam/docs/keys-create-delete",
            ),
            Step(
                "Store the file as it is; it goes with the user _json_key. For a secret of your own account, "
                "use --user instead of --app codespaces.",
                command="gh secret set {password_variable} --app codespaces < key.json",
                url=_GOOGLE_LOGIN,
            ),
            Step(
                "Or store its base64 as one line, which goes with the user _json_key_base64.",
                command="base64 -w0 key.json | gh secret set {password_variable} --app codespaces",
                url=_GOOGLE_LOGIN,
            ),
            Step(
                "Store the user that goes with it as {user_variable}; the command asks for it. "
                f"{OWN_ACCOUNT}",
                command="gh secret set {user_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            Step(
                "When all works, delete the file: whoever has it can log in.",
                command="rm key.json",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="gcp-permission-denied",
        family=FAMILY,
        title="Google refuses access, or there is no such repository",
        explanation=(
            "Google refused, and its words do not say whether a permission is missing or the repository. "
            "Most likely the service account lacks the role Artifact Registry Reader "
            "(roles/artifactregistry.reader). Or the project, the location or the repository in the image's "
            "name is misspelt."
        ),
        steps=(
            Step(
                "List the repositories of the project, and compare. An image's name is "
                "LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE.",
                command="gcloud artifacts repositories list --project '<PROJECT>'",
            ),
            Step(
                "If the name is right, give the service account the role: replace <ACCOUNT> with its e-mail "
                "address, which is client_email in its key file.",
                command=(
                    "gcloud artifacts repositories add-iam-policy-binding '<REPOSITORY>' "
                    "--location '<LOCATION>' --project '<PROJECT>' "
                    "--member 'serviceAccount:<ACCOUNT>' --role roles/artifactregistry.reader"
                ),
                url="https://cloud.google.com/artifact-registry/docs/access-control",
            ),
            Step(
                "Wait a few minutes: a new role does not work everywhere at once.",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="gcp-api-disabled",
        family=FAMILY,
        title="Artifact Registry API is disabled in the Google project",
        explanation=(
            "Google refused, because the API of its registry is not enabled in this project; each project "
            "enables the services that it uses. Most likely the project is new, or the image's name leads to "
            "another project than you meant. Artifact Registry serves the names under gcr.io too."
        ),
        steps=(
            Step(
                "Compare the project in Google's words with yours.",
                command="gcloud projects list",
            ),
            Step(
                "Enable the API: replace <PROJECT> with the project. It can take a few minutes.",
                command="gcloud services enable artifactregistry.googleapis.com --project '<PROJECT>'",
                url="https://cloud.google.com/artifact-registry/docs/enable-service",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="gcp-not-configured",
        family=FAMILY,
        title="No login for exactly this Google host",
        explanation=(
            "The request went to Google without a login, and the image is not public. Docker stores a login "
            "under the host that it was made with, and Google has many: gcr.io and eu.gcr.io are two, and so "
            "are us-docker.pkg.dev and europe-west1-docker.pkg.dev. Most likely the login was made for "
            "another host than the image's name begins with."
        ),
        steps=(
            Step(
                "List the hosts for which docker has a login; this shows no passwords.",
                command="jq -r '(.auths, .credHelpers) | keys? | .[]' ~/.docker/config.json",
            ),
            ENTER_SERVER,
            Step(
                "Or, if you have gcloud, let it log docker in: replace <HOST> with the host from the image's "
                "name.",
                command="gcloud auth configure-docker '<HOST>'",
                url=_GOOGLE_LOGIN,
            ),
            RESTART,
        ),
    ),
)
