"""Causes in what Azure, AWS and Google Cloud take in place of a user and a password."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    AGAIN,
    ENTER_SERVER,
    NEW_CREDENTIAL,
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
        f"{text} AWS shows its secret this once only.",
        command="aws iam create-access-key --user-name '<USER>'",
        url="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    )


_LASTING_KEY = _new_key(
    "Make an access key for an IAM user that may pull, whose name goes in place of <USER>. Its id begins "
    "with AKIA, and it lasts until you delete it."
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="admin-user-disabled",
        family=FAMILY,
        title="The admin user of {host} is switched off",
        explanation=(
            "A registry at Azure has an admin user, whose name is that of the registry itself. It is "
            "switched off until somebody switches it on, and while it is off its passwords are refused. "
            "All who use it share one login that may do everything, so a login of your own is the better "
            "mend."
        ),
        steps=(
            Step(
                "See whether it is on. The registry's name, in place of <NAME>, is the first part of "
                "{server_variable}, without a dash and what follows it.",
                command="az acr show --name '<NAME>' --query adminUserEnabled",
            ),
            Step(
                "Better: make a token that may pull from the repository that you name, and nothing else. The "
                "name that you give it is the user, and the command shows its passwords.",
                command=(
                    "az acr token create --registry '<NAME>' --name '<TOKEN>' "
                    "--repository '<REPOSITORY>' content/read metadata/read"
                ),
                url=f"{_AZURE}container-registry-token-based-repository-permissions",
            ),
            Step(
                "Or take a service principal, the account of a program. The user is its application (client) "
                "id, the password its client secret.",
                url=f"{_AZURE}container-registry-auth-service-principal",
            ),
            Step(
                "Or switch the admin user on.",
                command="az acr update --name '<NAME>' --admin-enabled true",
                url=f"{_AZURE}container-registry-authentication",
            ),
            Step(
                "The admin user's password goes from Azure into the secret like this, without being shown. "
                "For a secret of your own account, put --user in place of --app codespaces.",
                command=(
                    "az acr credential show --name '<NAME>' --query 'passwords[0].value' --output tsv "
                    "| gh secret set {password_variable} --app codespaces"
                ),
            ),
            STORE_USER,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="azure-token-error",
        family=FAMILY,
        title="Azure does not know the user or token of {holder}",
        explanation=(
            "A registry at Azure takes as user the name of one of its tokens, the application (client) id of "
            "a service principal, or its own name, which is that of its admin user. Most likely "
            "{user_variable} is none of these, or it is the id of an application that Microsoft Entra, "
            "Azure's sign-in service, does not know in the directory of this registry. A token that was "
            "issued for another registry is refused as well."
        ),
        steps=(
            Step(
                "If the user is a token of the registry, see whether it is there and enabled. The "
                "registry's name goes in place of <NAME>.",
                command="az acr token list --registry '<NAME>' --output table",
                url=f"{_AZURE}container-registry-token-based-repository-permissions",
            ),
            Step(
                "If it is a service principal, look up its application (client) id: its name and its object "
                "id are not taken. Its name goes in place of <APPLICATION>.",
                command="az ad sp list --display-name '<APPLICATION>' --query '[].appId' --output tsv",
                url=f"{_AZURE}container-registry-auth-service-principal",
            ),
            Step(
                "If the evidence shows a code such as AADSTS700016, read what it means.",
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
        title="The access key of {holder} is not known to AWS",
        explanation=(
            "{user_variable} holds the id of an access key, and AWS does not know {key_id}, or not as one "
            "that is in use. Most likely it was deleted or made inactive, or its id was mistyped. China and "
            "GovCloud are parts of AWS with keys of their own, which are not known in the others."
        ),
        steps=(
            Step(
                "List the keys of the IAM user to whom it belongs, with their status. The user's name goes "
                "in place of <USER>.",
                command="aws iam list-access-keys --user-name '<USER>'",
            ),
            Step(
                "If it is there as Inactive, and was not made so for a good reason, put it back in use.",
                command=(
                    "aws iam update-access-key --user-name '<USER>' "
                    "--access-key-id '<KEY_ID>' --status Active"
                ),
            ),
            _new_key("Otherwise make a new one for the IAM user, in the part of AWS where the registry is."),
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
            "AWS knows {key_id}, and the request was not signed with its secret. So what "
            "{password_variable} holds belongs to another key, or a character was lost or changed on its "
            "way; as a rule there are 40. AWS shows a secret only once, when the key is made, so that it "
            "cannot be looked up and a new key is usually the way out."
        ),
        steps=(
            Step(
                "If you have kept the secret of this very key, store it again; the command asks for it. "
                "For a secret of your own account, put --user in place of --app codespaces, or use the "
                "page.",
                command="gh secret set {password_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            _new_key(
                "If not, make a new key for the IAM user, whose name goes in place of <USER>; a user can "
                "have two."
            ),
            TRY_KEY,
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "When all that used the old key has the new one, delete the old one.",
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
            "An access key whose id begins with ASIA is good for hours only, and only together with a third "
            "value, its session token. The three secrets of a registry have no place for that, so AWS "
            "refuses {key_id} even while its secret is right. What is needed is a lasting key of an IAM "
            "user, whose id begins with AKIA."
        ),
        steps=(_LASTING_KEY, TRY_KEY, STORE_KEY_ID, STORE_KEY_SECRET, RESTART),
    ),
    Cause(
        id="aws-expired-token",
        family=FAMILY,
        title="The temporary AWS credentials of {holder} have expired",
        explanation=(
            "AWS answered that the security token in the request has expired. Such a token belongs to a "
            "temporary access key, which is good for minutes or hours and cannot be prolonged. A secret is "
            "kept for much longer, so what is needed here is a lasting key of an IAM user, whose id begins "
            "with AKIA."
        ),
        steps=(_LASTING_KEY, TRY_KEY, STORE_KEY_ID, STORE_KEY_SECRET, RESTART),
    ),
    Cause(
        id="aws-access-denied",
        family=FAMILY,
        title="AWS does not allow {action} to this key",
        explanation=(
            "AWS took the access key, and does not let its user do {action}, without which there is no "
            "token for the login. AWS's own words, shown with this finding, tell why. With 'no "
            "identity-based policy' a permission is missing; with 'explicit deny', 'permissions boundary' "
            "or 'service control policy' (SCP) a rule forbids it; with 'not subscribed' the account itself "
            "has to be activated first."
        ),
        steps=(
            Step(
                "If a permission is missing, give the IAM user, in place of <USER>, a policy that has it. "
                "This one, which GitHub's documentation names, contains ecr:GetAuthorizationToken and "
                "pulling, and lets the user list images. For China, write arn:aws-cn in place of arn:aws; "
                "for GovCloud, arn:aws-us-gov.",
                command=(
                    "aws iam attach-user-policy --user-name '<USER>' "
                    "--policy-arn arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
                ),
                url=_AWS_POLICIES,
            ),
            Step(
                "AmazonEC2ContainerRegistryPullOnly allows less: ecr:GetAuthorizationToken and pulling. "
                "AmazonEC2ContainerRegistryFullAccess, which GitHub's documentation names as well, contains "
                "both too, and lets the user push, delete and change settings: more than a login needs.",
                url=_AWS_POLICIES,
            ),
            Step(
                "GitHub's documentation also names sts:GetServiceBearerToken, which neither of its two "
                "policies contains. AWS documents it for ECR Public, together with "
                "ecr-public:GetAuthorizationToken; if AWS's words name one of these, this policy has both.",
                command=(
                    "aws iam attach-user-policy --user-name '<USER>' "
                    "--policy-arn arn:aws:iam::aws:policy/AmazonElasticContainerRegistryPublicReadOnly"
                ),
                url="https://docs.aws.amazon.com/AmazonECR/latest/public/public-security-iam-awsmanpol.html",
            ),
            Step(
                "If a rule forbids it, no further policy helps, for a rule that forbids outweighs all that "
                "allow. Ask whoever looks after the AWS account or organisation to let {action} through, on "
                "all resources, or for the key of a user whom the rule does not concern.",
                url="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
            ),
            AGAIN,
            RESTART,
        ),
    ),
    Cause(
        id="aws-wrong-region",
        family=FAMILY,
        title="Region or account in {server_variable} does not fit",
        explanation=(
            "The host name of a private registry at AWS begins with the number of its account and goes on "
            "with its region. Most likely one of them is wrong: there is no such region, {region} is "
            "switched off for {account}, or the token or key is for another one. A token of one region is "
            "not taken in another. ECR Public is asked for tokens in us-east-1 only."
        ),
        steps=(
            Step(
                "List the addresses of your repositories, with the region in which you made them in place of "
                "<REGION>. What stands before the first slash is the server.",
                command=(
                    "aws ecr describe-repositories --region '<REGION>' --query 'repositories[].repositoryUri'"
                ),
                url="https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
            ),
            Step(
                "See which regions there are, and which are switched on for your account.",
                command=(
                    "aws ec2 describe-regions --region us-east-1 --all-regions "
                    "--query 'Regions[].[RegionName,OptInStatus]' --output table"
                ),
            ),
            ENTER_SERVER,
            Step(
                "If the server is right and {password_variable} holds a token, fetch the token in the "
                "server's region. For ECR Public, put ecr-public in place of ecr, and us-east-1 in place "
                "of <REGION>.",
                command=(
                    "aws ecr get-login-password --region '<REGION>' "
                    "| gh secret set {password_variable} --app codespaces"
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
            "A program wanted a token of AWS and had no access key with which to sign the request. Such "
            "programs look in variables and files of their own, such as AWS_ACCESS_KEY_ID and ~/.aws, and "
            "not in the secrets of a registry. For the login that a codespace makes by itself, the key has "
            "to be in {user_variable} and {password_variable}."
        ),
        steps=(
            Step("See whether the secrets for this registry are there and work.", command="regdoctor report"),
            _new_key(
                "If you have no key yet, make one for an IAM user that may pull, whose name goes in place of "
                "<USER>."
            ),
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "If a program of yours asks AWS itself, it needs the key under these names as well; the "
                "commands ask for the two values.",
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
            "{password_variable} holds a token of AWS ECR, which goes with the user AWS. Such a token is "
            "good for 12 hours at most, and this one expired {when}. A new one will not last longer, so a "
            "secret is the wrong place for it. With an access key in its place, a fresh token is fetched "
            "at each start of a codespace."
        ),
        steps=(
            _LASTING_KEY,
            TRY_KEY,
            STORE_KEY_ID,
            STORE_KEY_SECRET,
            Step(
                "Only if you cannot have an access key: store a new token, which goes from AWS into the "
                "secret without being shown. The user stays AWS, and the region of the server goes in "
                "place of <REGION>. For ECR Public, put ecr-public in place of ecr, and us-east-1 in place "
                "of <REGION>.",
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
        title="{password_variable} holds no complete Google key file",
        explanation=(
            "With the user _json_key, Google takes the key file of a service account as password: all of it, "
            "as it was downloaded. With _json_key_base64 it takes the base64 of that file. What "
            "{password_variable} holds is {problem}. Most likely a part was lost or changed on its way, for "
            "the file has several lines, quotation marks and backslashes."
        ),
        steps=(
            Step(
                "If the file is gone, make a new key for the service account, whose e-mail address goes in "
                "place of <ACCOUNT>.",
                command="gcloud iam service-accounts keys create key.json --iam-account '<ACCOUNT>'",
                url="https://cloud.google.com/iam/docs/keys-create-delete",
            ),
            Step(
                "Store the file as it is; it goes with the user _json_key. For a secret of your own account, "
                "put --user in place of --app codespaces.",
                command="gh secret set {password_variable} --app codespaces < key.json",
                url=_GOOGLE_LOGIN,
            ),
            Step(
                "Or store its base64 as one line, which goes with the user _json_key_base64.",
                command="base64 -w0 key.json | gh secret set {password_variable} --app codespaces",
                url=_GOOGLE_LOGIN,
            ),
            Step(
                "Store as {user_variable} the user that goes with it; the command asks for it. For a "
                "secret of your own account, put --user in place of --app codespaces, or use the page.",
                command="gh secret set {user_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            Step("Delete the file when all works: whoever has it can log in.", command="rm key.json"),
            RESTART,
        ),
    ),
    Cause(
        id="gcp-permission-denied",
        family=FAMILY,
        title="Google refuses access, or there is no such repository",
        explanation=(
            "Google's words do not tell a missing right from a missing repository. Most likely the service "
            "account lacks the role Artifact Registry Reader, which is roles/artifactregistry.reader. It can "
            "also be that the project, the location or the repository in the image's name is misspelt."
        ),
        steps=(
            Step(
                "List the repositories of the project. In the image's name they stand as "
                "LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE.",
                command="gcloud artifacts repositories list --project '<PROJECT>'",
            ),
            Step(
                "Give the service account the role on the repository. Its e-mail address, client_email in "
                "its key file, goes in place of <ACCOUNT>.",
                command=(
                    "gcloud artifacts repositories add-iam-policy-binding '<REPOSITORY>' "
                    "--location '<LOCATION>' --project '<PROJECT>' "
                    "--member 'serviceAccount:<ACCOUNT>' --role roles/artifactregistry.reader"
                ),
                url="https://cloud.google.com/artifact-registry/docs/access-control",
            ),
            Step("Wait some minutes, for a new right is not known everywhere at once."),
            AGAIN,
        ),
    ),
    Cause(
        id="gcp-api-disabled",
        family=FAMILY,
        title="Artifact Registry is switched off in the Google project",
        explanation=(
            "In Google Cloud, each project switches on the services that it uses by their APIs, and this "
            "one has not switched on the one of its registry. Most likely the project is new, or the "
            "image's name leads to another project than the one that was meant. Names under gcr.io are "
            "served by Artifact Registry, too."
        ),
        steps=(
            Step("Compare the project in Google's words with yours.", command="gcloud projects list"),
            Step(
                "Switch the service on in the project, which goes in place of <PROJECT>. It can take some "
                "minutes.",
                command="gcloud services enable artifactregistry.googleapis.com --project '<PROJECT>'",
                url="https://cloud.google.com/artifact-registry/docs/enable-service",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="gcp-not-configured",
        family=FAMILY,
        title="No login was there for exactly this Google host",
        explanation=(
            "The request went to Google without a login, and the image is not open to everyone. Docker "
            "keeps a login under the host that it was made with, and Google has many: gcr.io and eu.gcr.io "
            "are two, and so are us-docker.pkg.dev and europe-west1-docker.pkg.dev. Most likely the login "
            "was made for another one than the image's name begins with."
        ),
        steps=(
            Step(
                "List the hosts for which docker has a login; this shows no passwords.",
                command="jq -r '(.auths, .credHelpers) | keys? | .[]' ~/.docker/config.json",
            ),
            Step(
                "If the image's host is missing and you have gcloud, have it log docker in to that host, "
                "which goes in place of <HOST>.",
                command="gcloud auth configure-docker '<HOST>'",
                url=_GOOGLE_LOGIN,
            ),
            ENTER_SERVER,
            RESTART,
        ),
    ),
)
