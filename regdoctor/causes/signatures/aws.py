"""Words of AWS: its API as awscli, boto3 and the SDKs repeat it, and the registries ECR and ECR Public."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import AWS, NOT_SENT, PULL

_KEY = ("aws-session-token", "aws-wrong-region")
_KEY_APART = (
    "A key that begins with ASIA is temporary and needs its session token; one that begins with AKIA is "
    "unknown, inactive, or belongs to another part of AWS, such as China."
)
_DENIED = r"not authorized to perform: ecr(-public)?:"
_DENIED_APART = (
    "Behind because stands whose policy is meant: no identity-based policy means the user's or role's own, a "
    "resource-based one the repository's."
)

AMAZON: tuple[Signature, ...] = (
    # The time, the place
    Signature("clock-skew", "signature", r"signature (expired:|not yet current)"),
    Signature("clock-skew", "requesttimetooskewed", common=True),
    Signature("clock-skew", "requestexpired", registries=AWS),
    Signature("aws-wrong-region", "credential should be scoped to a valid region"),
    Signature("aws-wrong-region", "only supported in us-east-1"),
    Signature("aws-wrong-region", "api.ecr", r"(enotfound|lookup) api\.ecr(-public)?\."),
    Signature(
        "aws-wrong-region",
        "could not connect to the endpoint url",
        r"endpoint url: \W{0,2}https://(api\.)?(ecr|sts|ecr-public)[.\w-]{0,80}\.amazonaws",
        ("dns-failure", "proxy-error"),
        apart="If the region in the address is one that AWS has, the network is at fault.",
        program="awscli",
    ),
    Signature(
        "aws-wrong-region",
        "region",
        r"you must specify a region|missing region in config|nohostsregion|could not find region configuration|missingregion|input required and not supplied: aws-region|an aws region is required",
        program="awscli, SDKs, Actions",
    ),
    Signature("aws-wrong-region", "region is missing", registries=AWS),
    Signature(
        "aws-wrong-region",
        "region",
        r"(provided region_name|region name) '[^']{0,60}' doesn't match|invalid (configuration: )?region: not a valid host",
        program="boto3, SDKs",
    ),
    # The key
    Signature("aws-signature-mismatch", "check your aws secret access key and signing method", common=True),
    Signature("aws-signature-mismatch", "request signature we calculated does not match", common=True),
    Signature(
        "aws-signature-mismatch",
        "signature",
        r"signaturedoesnotmatch|invalidsignatureexception",
        ("clock-skew", "aws-wrong-region"),
        level="symptom",
        apart="What stands behind the code tells: a signature that expired is the clock's, a scope is the region's.",
        common=True,
    ),
    Signature(
        "aws-signature-mismatch",
        "authorization header requires",
        r"authorization header requires '(credential|signature|signedheaders)'",
        sure=False,
    ),
    Signature(
        "aws-session-token",
        "partial credentials found",
        r"partial credentials found in (env|shared-credentials-file|explicit|config-file).{0,80}aws_session_token",
        program="boto3",
    ),
    Signature("aws-no-credentials", "partial credentials found", program="boto3"),
    Signature(
        "aws-expired-token",
        "denied: the security token included in the request is",
        "",
        ("ecr-token-expired", "aws-invalid-access-key"),
        apart="These are the registry's words about a login, not those of the API about a key: the login was made with temporary keys that have ended since.",
        program="ECR",
        vendor="ecr",
    ),
    Signature(
        "aws-invalid-access-key",
        "security token included in the request is invalid",
        "",
        _KEY,
        apart=_KEY_APART,
    ),
    Signature("aws-invalid-access-key", "unrecognizedclient", "", _KEY, apart=_KEY_APART, common=True),
    Signature("aws-invalid-access-key", "invalidclienttokenid", "", _KEY, apart=_KEY_APART, common=True),
    Signature("aws-invalid-access-key", "invalidaccesskeyid", "", _KEY, apart=_KEY_APART, common=True),
    Signature(
        "aws-invalid-access-key",
        "the aws access key id you provided does not exist",
        "",
        _KEY,
        apart=_KEY_APART,
    ),
    Signature(
        "aws-invalid-access-key",
        "authfailure",
        r"authfailure.{0,60}aws was not able to validate",
        _KEY,
        apart=_KEY_APART,
    ),
    Signature("aws-expired-token", "security token included in the request is expired"),
    Signature("aws-expired-token", "expiredtoken", r"expiredtoken(exception)?\b|expiredtoken:", common=True),
    Signature(
        "aws-expired-token",
        "sso session",
        r"sso session (associated with this profile )?(has expired|is otherwise invalid)|sso session.{0,60}has expired or is otherwise invalid",
        program="awscli",
    ),
    Signature(
        "aws-expired-token",
        "error loading sso token",
        r"error loading sso token: token for \S{1,200} does not exist",
        ("aws-no-credentials",),
        apart="aws sso login with the same profile makes the token; that it was never made looks the same.",
        program="awscli, boto3",
    ),
    Signature("aws-expired-token", "error when retrieving token from sso", program="awscli"),
    Signature(
        "aws-expired-token",
        "credentials were refreshed, but the refreshed credentials are still expired",
        program="boto3",
    ),
    Signature("aws-no-credentials", "unable to locate credentials", program="awscli, boto3"),
    Signature("aws-no-credentials", "nocredential", r"nocredentialproviders", common=True),
    Signature("aws-no-credentials", "no ec2 imds role found"),
    Signature(
        "aws-no-credentials",
        "credentials",
        r"could not load credentials from any providers|credentials could not be loaded, please check your action inputs|unable to load (aws )?credentials from any (of the )?providers?|unable to load credentials from any of the providers in the chain",
        program="SDKs, Actions",
    ),
    Signature(
        "aws-no-credentials",
        "config profile",
        r"the config profile \(.{0,100}\) could not be found",
        program="awscli",
    ),
    Signature(
        "aws-no-credentials",
        "sdkclientexception",
        r"sdkclientexception: unable to load (aws )?credentials",
        program="Java",
    ),
    Signature("aws-no-credentials", "missing", r"missing ?authentication ?token", registries=AWS),
    Signature(
        "aws-no-credentials",
        "missing credentials in config",
        program="SDK for JavaScript 2",
    ),
    Signature(
        "aws-no-credentials",
        "credentials",
        r"could not resolve credentials using profile|profile \S{1,100} could not be found or parsed in shared credentials|envaccesskeynotfound: failed to find credentials|sharedcredsload: failed to load shared credentials",
        program="SDKs",
    ),
    Signature("aws-no-credentials", "ec2rolerequesterror: no ec2 instance role", program="SDK for Go"),
    Signature(
        "aws-no-credentials",
        "get credentials: ",
        r"get (identity: get )?credentials: (failed to refresh cached credentials|no valid providers)",
        ("aws-expired-token",),
        apart="aws sts get-caller-identity tells: it names the identity, or says that there is none, or that it has expired.",
        program="SDK for Go 2",
    ),
    Signature(
        "aws-no-credentials",
        "trying to authenticate with oidc",
        program="aws-actions",
    ),
    Signature(
        "aws-expired-token",
        "token has expired and refresh failed",
        r"(from sso|\berror\b[^=\"]{0,60}): ?token has expired and refresh failed",
        program="awscli",
    ),
    Signature(
        "aws-invalid-access-key",
        "slash-delimited elements",
        r"credential must have (exactly|at least) \d slash-delimited elements",
        ("aws-signature-mismatch", "user-password-swapped"),
        apart="The access key id holds a slash, which no such id does: it is a secret key or a whole line, put in its place.",
    ),
    Signature(
        "aws-invalid-access-key",
        "incompletesignature",
        "",
        ("aws-signature-mismatch", "aws-session-token"),
        apart="A key with a line end, a quote or a part missing gives such a request: look at its length.",
    ),
    # What the key may do
    Signature(
        "push-denied",
        "not authorized to perform",
        _DENIED
        + "(initiatelayerupload|uploadlayerpart|completelayerupload|putimage|batchchecklayeravailability|createrepository)",
        ("aws-access-denied",),
        apart=_DENIED_APART,
    ),
    Signature(
        "pull-denied",
        "not authorized to perform",
        _DENIED + "(batchgetimage|getdownloadurlforlayer|batchimportupstreamimage)",
        ("aws-access-denied",),
        apart=_DENIED_APART,
    ),
    Signature(
        "aws-access-denied",
        "not authorized to perform",
        r"not authorized to perform: (ecr(-public)?:\w|sts:(getservicebearertoken|assumerole))",
    ),
    Signature(
        "aws-access-denied", "not authorized to perform sts:assumerolewithwebidentity", program="Actions"
    ),
    Signature(
        "aws-access-denied",
        "accessdenied",
        r"an error occurred \(accessdenied(exception)?\) when calling the (getauthorizationtoken|getservicebearertoken|assumerole\w{0,20}|getcalleridentity|\w{0,20}(image|layer|repositor)\w{0,20}) operation",
        program="awscli, boto3",
    ),
    Signature(
        "aws-access-denied",
        "openidconnect provider",
        r"no openidconnect provider found in your account|openidconnect provider's https certificate doesn't match",
        program="aws-actions",
    ),
    Signature(
        "aws-access-denied",
        "exceeds the maxsessionduration",
        program="aws-actions",
    ),
    Signature(
        "invalid-reference",
        "invalid parameter at '",
        r"invalid parameter at '(repositoryname|imagetag)'",
        program="ECR",
        vendor="ecr",
    ),
    Signature("aws-access-denied", "accessdenied", registries=AWS, sure=False),
    Signature(
        "push-denied",
        "retrying in",
        r"retrying in \d{1,3} seconds?\W{1,6}(error:? |fata\S{0,12} )?eof\b",
        ("aws-access-denied", "repository-not-found", "registry-unavailable"),
        AWS,
        level="symptom",
        apart="ECR breaks off the upload of a layer that the login may not write; CloudTrail names the right that is missing.",
        during=("push",),
        program="Engine",
    ),
    Signature("aws-access-denied", "optinrequired", registries=AWS),
    Signature("aws-access-denied", "not subscribed", registries=AWS),
    Signature("rate-limited", "throttl", r"throttl(e|ing|ed)(exception)?\b", registries=AWS),
    Signature("rate-limited", "rate exceeded", registries=AWS),
    Signature(
        "quota-exceeded", "limitexceededexception", r"\blimitexceededexception\b(:|\)|,)", registries=AWS
    ),
    # A registry's token
    Signature("ecr-token-expired", "run 'aws ecr get-login"),
    Signature("ecr-token-expired", "authorization token has expired. reauthenticate"),
    Signature(
        "ecr-token-expired", "token has expired", r"(authorization|session) token has expired", registries=AWS
    ),
    Signature(
        "token-expired",
        "authorization token has expired",
        "",
        ("ecr-token-expired",),
        apart="ECR speaks like this of its tokens, which are good for twelve hours.",
    ),
    Signature(
        "ecr-token-expired",
        "error parsing http 403 response body",
        r"error parsing http 403 response body: unexpected end of json input",
        ("push-denied", "aws-access-denied"),
        AWS,
        apart="A login is good for twelve hours; if a new one is refused as well, the right is missing.",
    ),
    Signature(
        "repository-not-found",
        "does not exist in the registry with id",
        "",
        ("aws-wrong-region",),
        apart="Account and region stand in the host: if aws ecr describe-repositories lists the repository in another region, that is it.",
        program="ECR",
        vendor="ecr",
    ),
    Signature(
        "repository-not-found",
        "repositorynotfoundexception",
        "",
        ("aws-wrong-region",),
        apart="aws ecr describe-repositories lists what the region has.",
        program="ECR",
        vendor="ecr",
        common=True,
    ),
    Signature(
        "bad-credentials",
        "authorization token is invalid",
        "",
        ("ecr-token-expired",),
        apart="A token made just now rules out its age.",
        program="ECR Public",
        vendor="ecr-public",
    ),
    Signature("tag-not-found", "requested image not found", program="ECR", vendor="ecr"),
    Signature(
        "tag-not-found", "imagenotfoundexception", r"\bimagenotfoundexception\b(:|\)|,)", registries=AWS
    ),
    Signature(
        "no-credentials-sent",
        "not authorized",
        r"\b(denied|unauthorized)\b\W{1,4}(message\W{1,5})?not authorized\b",
        ("ecr-token-expired", "bad-credentials", "pull-denied"),
        AWS,
        apart="The registry knows no such caller: a login that is missing, or older than twelve hours; ECR Public speaks so of what needs none, too.",
        program="ECR Public, ECR",
    ),
    Signature(
        "push-denied",
        "cannot be overwritten because the",
        r"cannot be overwritten because the (repository|tag) is immutable",
        program="ECR",
        vendor="ecr",
    ),
    Signature(
        "no-credentials-sent",
        "no basic auth credentials",
        r"no basic auth credentials(?! to send)",
        ("ecr-token-expired", "wrong-server-name", "aws-wrong-region"),
        AWS,
        apart="Account and region of the login must be those in the image's name; a login that worked twelve hours ago has expired.",
        program="docker CLI",
    ),
    # The status of /v2/ is all that docker login shows
    Signature(
        "bad-credentials",
        "failed with status: 400",
        r"dkr[.-]ecr\S{0,120} failed with status: 400",
        ("aws-wrong-region", "ecr-token-expired"),
        apart="The user has to be AWS and the password a token made for this region less than twelve hours ago; an access key and its secret are no such pair.",
    ),
    Signature(
        "bad-credentials",
        "failed with status: 403",
        r"dkr[.-]ecr\S{0,120} failed with status: 403",
        ("ecr-token-expired", "firewall-denied"),
        apart="A token made just now rules out its age.",
    ),
    Signature(
        "no-credentials-sent",
        "401 unauthorized",
        "",
        ("ecr-token-expired", "bad-credentials"),
        AWS,
        level="symptom",
        apart=NOT_SENT,
    ),
    Signature(
        "pull-denied",
        "403 forbidden",
        "",
        ("ecr-token-expired", "aws-access-denied"),
        AWS,
        level="symptom",
        apart=PULL,
    ),
)
"""In the order of the table: the more telling first."""
