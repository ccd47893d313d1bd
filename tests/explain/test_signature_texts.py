# ruff: noqa: E501 - a recorded text stands on one line
"""What programs and registries say, and the cause that each text shows: our own words, hosts and names."""

from __future__ import annotations

import importlib
import io
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from regdoctor.causes.signatures import SIGNATURES
from regdoctor.explain import explain, guesses, verdicts
from tests.explain.texts_of_programs import TEXTS_OF_PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.causes.signatures import Signature
    from regdoctor.explain import Explained

TEXTS: dict[str, tuple[str, ...]] = {
    "registry-retired": (
        "$ docker pull example-images.bintray.io/app:1\nerror pulling image configuration: error parsing HTTP 403 response body: Forbidden",
        "docker pull example-images.bintray.io/app:1\nGet https://example-images.bintray.io/v2/: dial tcp: lookup example-images.bintray.io: no such host",
        'failed to resolve reference "docker.pkg.github.com/octo/tools/app:1": unexpected status code [manifests 1]: 401 Unauthorized',
        "Error response from daemon: manifest for k8s.gcr.io/sidecar:v9 not found",
        "docker pull registry.centos.org/octo/app\nreceived 410 Gone",
        "denied: Container Registry is deprecated and shutting down, please use the auto migration tool",
        "failed to authorize: unexpected status from GET request to https://gcr.io/v2/token?scope=repository%3Aocto%2Fapp%3Apull&service=gcr.io: 412 Precondition Failed",
    ),
    "redirect-blob-blocked": (
        "error pulling image configuration: error parsing HTTP 403 response body: invalid character '<' looking for beginning of value",
        "error pulling image configuration: Get https://d1abc.example.net/v2/blobs/data?Expires=1: Request blocked by the filter",
        "error pulling image configuration: download failed after attempts=6: dial tcp 198.51.100.7:443: i/o timeout",
        'failed to copy: failed to do request: Get "https://store7.blob.core.windows.net/ab/docker/registry/v2/blobs/sha256/fd/data?sig=x": EOF',
        'Get "https://contoso.westeurope.data.azurecr.io/ab//docker/registry/v2/blobs/data": dial tcp 203.0.113.8:443: connect: connection timed out',
        'failed to pull: Get "https://westus2.data.mcr.microsoft.com/ab/docker/registry/v2/blobs/data": net/http: TLS handshake timeout',
        'Get "https://production.cloudflare.docker.com/registry-v2/docker/registry/v2/blobs/sha256/ab/data": dial tcp 203.0.113.9:443: connect: connection refused',
        'Get "https://production.cloudfront.docker.com/registry-v2/docker/registry/v2/blobs/sha256/ab/data": context deadline exceeded',
        'Get "https://docker-images-prod.abc.r2.cloudflarestorage.com/registry-v2/blobs/data": dial tcp: lookup docker-images-prod.abc.r2.cloudflarestorage.com: no such host',
        "Get https://pkg-containers.githubusercontent.com/ghcr1/blobs/sha256:ab?se=1: read tcp 10.0.0.5:4312->203.0.113.10:443: read: connection reset by peer",
        'reading blob sha256:ab: Get "https://cdn01.quay.io/quayio/sha256/ab?token=x": dial tcp 203.0.113.11:443: i/o timeout',
        'reading blob sha256:ab: Get "https://quayio-production-s3.s3.amazonaws.com/sha256/ab": dial tcp 203.0.113.12:443: connect: no route to host',
        'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/ab": dial tcp 203.0.113.13:443: i/o timeout',
        'Get "https://storage.googleapis.com/eu.artifacts.octo.appspot.com/containers/images/sha256:ab": unexpected EOF',
        "Get https://d3abcdefgh.cloudfront.net/registry-v2/docker/registry/v2/blobs/sha256/ab/data?Expires=1: dial tcp 203.0.113.14:443: connection refused",
    ),
    "docker-not-installed": (
        "./build.sh: line 3: docker: command not found",
        "/bin/sh: 1: docker: not found",
        "bash: docker-compose: command not found",
        "zsh: command not found: docker",
        'exec: "docker": executable file not found in $PATH',
        "Error: spawn docker ENOENT",
        "##[error]Unable to locate executable file: docker. Please verify either the file path exists",
        "FileNotFoundError: [Errno 2] No such file or directory: 'docker'",
        "'docker' is not recognized as an internal or external command,\noperable program or batch file.",
        "docker : The term 'docker' is not recognized as the name of a cmdlet, function, script file",
        'java.io.IOException: Cannot run program "docker": error=2, No such file or directory',
        "The command 'docker' could not be found in this WSL 2 distro.",
    ),
    "docker-api-mismatch": (
        "Error response from daemon: client version 1.22 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version",
        "Error response from daemon: client is newer than server (client API version: 1.24, server API version: 1.19)",
        '"docker buildx" requires API version 1.31, but the Docker daemon API version is 1.24',
        'Error: server API version is too old. Client "4.0.0" server "2.9.1"',
        "docker.errors.InvalidVersion: API versions below 1.24 are no longer supported by this library.",
    ),
    "docker-permission-denied": (
        "permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
        "dial unix /var/run/docker.sock: connect: permission denied",
        "Error: connect EACCES /var/run/docker.sock",
        "requests.exceptions.ConnectionError: ('Connection aborted.', PermissionError(13, 'Permission denied'))",
        '  File "docker/transport/unixconn.py", line 27, in connect\nPermissionError: [Errno 13] Permission denied',
        "Error: dial unix /run/user/1000/podman/podman.sock: connect: permission denied",
        "in the default daemon configuration on Windows, the docker client must be run with elevated privileges to connect",
        "In the default daemon configuration on Windows, the docker client must be run elevated to connect.",
        "FATA[0000] cannot access: dial unix /run/containerd/containerd.sock: connect: permission denied",
    ),
    "docker-not-running": (
        "request returned 500 Internal Server Error for API route and version http://%2Fvar%2Frun%2Fdocker.sock/v1.51/info, check if the server supports the requested API version",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
        "failed to connect to the docker API at unix:///run/user/1000/docker.sock; check if the path is correct and if the daemon is running: no such file",
        "error during connect: this error may indicate that the docker daemon is not running",
        "ERROR: Couldn't connect to Docker daemon at http+docker://localhost - is it running?",
        "Docker Desktop is not running. Start it and try again.",
        "ERROR: the docker daemon is not running.",
        "open //./pipe/docker_engine: The system cannot find the file specified.",
        "Error: connect ENOENT /var/run/docker.sock",
        "docker.errors.DockerException: Error while fetching server API version: ('Connection aborted.', FileNotFoundError(2, 'No such file or directory'))",
        "docker.errors.DockerException: Error while fetching server API version: (2, 'CreateFile', 'The system cannot find the file specified.')",
        '  File "docker/transport/unixconn.py", line 27, in connect\nFileNotFoundError: [Errno 2] No such file or directory',
        "java.lang.IllegalStateException: Could not find a valid Docker environment. Please see logs",
        "(*) Failed to start docker, retrying... 2/5",
        "failed to start daemon: error initializing graphdriver: driver not supported",
        'level=fatal msg="validate service connection: rpc error: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
        "Cannot connect to Podman. Please verify your connection to the Linux system using `podman system connection list`",
        "Error: unable to connect to Podman socket: Get: dial",
        "dial unix /run/user/1000/podman/podman.sock: connect: no such file or directory",
        'failed to dial "unix:///run/buildkit/buildkitd.sock" . make sure buildkitd is running',
        "An error occurred: DOCKER_DAEMON_ERROR",
    ),
    "client-library-incompatible": (
        "docker.errors.DockerException: Error while fetching server API version: Not supported URL scheme http+docker",
        "TypeError: request() got an unexpected keyword argument 'chunked'",
        "TypeError: kwargs_from_env() got an unexpected keyword argument 'ssl_version'",
        'Error: Unable to parse WWW-Authenticate header: "NTLM"',
        "[httpOci] WWW-Authenticate header is not in expected format. Got: Bearer",
        "failed to authorize: failed to find supported auth scheme: negotiate: not implemented",
        'media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1, please rebuild the image',
        "Docker Image Format v1 and Docker Image manifest version 2, schema 1 support has been removed.",
        "Error response from daemon: unsupported manifest format",
        "Error response from daemon: unsupported media type application/vnd.oci.empty.v1+json",
        'unsupported MediaType: "application/vnd.docker.distribution.manifest.v1+prettyjws"',
        "mediaType in manifest should be 'application/vnd.docker.distribution.manifest.v2+json' not 'application/vnd.oci.image.manifest.v1+json'",
        "Error pulling image: missing signature key",
        'Error response from daemon: Encountered remote "application/vnd.docker.plugin.v1+json"(plugin) when fetching',
        "unknown shorthand flag: 'e' in -e",
        "aws: error: argument operation: Invalid choice, valid choices are:\nbatch-get-image | get-login-password",
    ),
    "credential-helper-missing": (
        "Docker credential helper not found: cannot find docker-credential-osxkeychain",
        'error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
        "docker.credentials.errors.InitializationError: docker-credential-pass not installed or not available in PATH",
        "Error: spawn docker-credential-osxkeychain ENOENT",
    ),
    "credential-helper-error": (
        "Error saving credentials: error storing credentials - err: exit status 1, out: `Not enough memory resources are available`",
        "error getting credentials for registry.example.com: credential helper ended: exit status 1",
        "Failed getting credential from external registry credential provider: error execing credential provider plugin",
        "docker login: the keychain cannot be accessed because the session does not allow user interaction. The keychain may be locked",
        "docker-pass: exit status 2: gpg: decryption failed: No secret key",
        "Cannot create an item in a locked collection",
        "Error spawning command line 'dbus-launch --autolaunch=16 --binary-syntax': Child process exited with code 1",
        "/usr/bin/docker-credential-desktop.exe: Exec format error",
        'docker.errors.DockerException: Credentials store docker-credential-desktop exited with "error getting credentials".',
        "docker-credential-ecr-login can only be used with Amazon Elastic Container Registry.",
        "Docker credential command not supported without credential helper: store.",
        "out: `pass not initialized: exit status 1: Error: password store is empty`",
        "error: pass store is uninitialized",
        "Cannot autolaunch D-Bus without X11 $DISPLAY",
        "The name org.freedesktop.secrets was not provided by any .service files",
        "A specified logon session does not exist. It may already have been terminated.",
        "The stub received bad data.",
        "Error saving credentials: error storing credentials - err: exit status 1, out: `the keychain is locked`",
        "ERROR: (gcloud.auth.docker-helper) the configuration has no account",
    ),
    "config-permission": (
        "Error: EACCES: permission denied, open '/home/node/.docker/config.json'",
        "Error: EPERM: operation not permitted, rename '/home/node/.docker/config.json'",
        "docker: cannot save a login, config.json: permission denied",
        "WARNING: Error loading config file: config: read-only file system",
        "Error saving credentials: rename /home/octo/.docker/config.json218 /home/octo/.config/held/login: invalid cross-device link",
        "WARNING: Error loading config file: open /home/octo/.docker/config.json: permission denied",
        "mkdir /home/octo/.docker: permission denied",
        "Error saving credentials: rename /root/dockercfg123 /root/dockercfg: device or resource busy",
        "Error: open /run/containers/0/auth.json: permission denied",
        "PermissionError: [Errno 13] Permission denied: '/home/octo/.docker/config.json'",
    ),
    "config-json-invalid": (
        'The Secret "login" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input',
        "SyntaxError: Unexpected token } in JSON, in file /root/.docker/config.json",
        "java.io.IOException: could not parse docker config of the user: Unexpected end-of-input",
        "WARNING: Error loading config file:EOF",
        "WARNING: Error loading config file: /home/octo/.docker: invalid character '}' looking for beginning of object key string",
        "parsing config file (/home/octo/.docker/cfg): unexpected end of JSON input",
        "Invalid auth configuration file",
        "something went wrong decoding auth config",
        "/root/.docker/config.json: invalid character ']' after object key:value pair",
        'Error: unmarshaling JSON at "/run/containers/0/auths": invalid character',
        "DOCKER_AUTH_CONFIG does not support more than one JSON object",
        "docker.errors.InvalidConfigFile: Invalid configuration for registry registry.example.com",
        "[httpOci] Failed to read docker config.json: TypeError: Cannot convert undefined or null to object",
        "unable to load credentials: auth field: illegal base64 data at input byte 4",
    ),
    "set-incomplete": ("Error: must provide --username with --password-stdin",),
    "not-a-tty": (
        "Error: Cannot perform an interactive login from a non TTY device",
        "the input device is not a TTY",
        "FATA[0000] stdin is not a terminal (Hint: use `nerdctl login --username=USERNAME --password-stdin`)",
        "Error: getting username and password: cannot prompt for username without stdin",
        "Error: reading password: inappropriate ioctl for device",
        "the --password-stdin option requires --username to be set",
        "flag needs an argument: 'p' in -p",
    ),
    "value-empty": (
        "password is empty",
        "##[error]Username and password required",
        "error: username is required",
    ),
    "server-invalid": (
        'unable to parse server address: parse "https:// host": invalid character " " in host name',
        "FATA[0000] unparsable registry URL",
    ),
    "server-has-scheme": ("Error: key https://registry.example.com contains http[s]:// prefix",),
    "disk-full": (
        "failed to register layer: write /usr/lib/big.so: no space left on device",
        "npm ERR! ENOSPC: no space left, write",
        "write C:\\ProgramData\\docker\\tmp: There is not enough space on the disk.",
        "write /data/layer: disk quota exceeded",
        "E: You don't have enough free space in /var/cache/apt/archives/.",
        "The node was low on resource: ephemeral-storage. Container app was using 2Gi",
    ),
    "image-platform-mismatch": (
        "no matching manifest for linux/s390x in the manifest list entries",
        "no match for platform in manifest sha256:ab: not found",
        "image with reference octo/app was found but does not match the specified platform: wanted linux/amd64, actual: linux/arm64",
        'choosing an image from manifest list docker://octo/app: no image found in image index for architecture "arm64", variant "v8", OS "linux"',
        "no child with platform linux/arm64 in index octo/app",
        'image operating system "windows" cannot be used on this platform',
        'cannot download image with operating system "windows" when requesting "linux"',
        "The container operating system does not match the host operating system.",
        "exec /usr/local/bin/app: exec format error",
        "rosetta error: failed to open elf at /lib64/ld-linux-x86-64.so.2",
        "app: exec format error",
        "WARNING: The requested image's platform (linux/amd64) does not match the detected host platform (linux/arm64/v8)",
    ),
    "invalid-reference": (
        'invalid argument "octo/:1" for "-t, --tag" flag: invalid reference format',
        "repository name must be lowercase",
        'Warning  InspectFailed  kubelet  InvalidImageName: "octo/App:1"',
        'Failed to apply default image tag "octo/App": the name is wrong',
        "Error: Could not parse image name 'octo/App'",
        "Error: could not parse reference: octo/App",
        "tag can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-.`: a b",
        "ERROR: failed to solve: base name (${BASE}) should not be blank",
        "Dockerfile parse error line 1: FROM requires either one or three arguments",
        'Error: "octo//app" is not a valid repository/tag',
        "NAME_INVALID: invalid repository name",
        "Build image failed: Invalid image reference octo/App, perhaps you should check",
        'Error: short-name "app" did not resolve to an alias and no unqualified-search registries are defined',
        "Error: short-name resolution enforced but cannot prompt without a TTY",
        "InvalidParameterException: Invalid parameter at 'repositoryName' failed to satisfy constraint",
        "Path 'octo/my--app' for input 'ghcr.io/octo/my--app' failed validation.",
        "Error: docker pull octo/app@sha:ab: unsupported digest algorithm",
    ),
    "devcontainer-config-invalid": (
        "Dev container config (/workspaces/app/.devcontainer/devcontainer.json) not found.",
        "No image information specified in devcontainer.json.",
        "Service 'web' configured in devcontainer.json not found in Docker Compose configuration.",
        "'${localEnv:}' in devcontainer.json can not be resolved because no environment variable name is given.",
        "Failed to parse .devcontainer/devcontainer.json: comma expected",
        "An error occurred retrieving the Docker Compose configuration.",
    ),
    "clock-skew": (
        "InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T120000Z",
        "An error occurred (RequestTimeTooSkewed) when calling the GetAuthorizationToken operation",
        "RequestExpired: Request has expired, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "Invalid JWT: Token must be a short-lived token. Check your iat and exp values in the JWT claim.",
        "registry: error authorizing context: token is not valid yet",
    ),
    "aws-wrong-region": (
        "SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'eu-nowhere-1'.",
        "UnsupportedCommandException: GetAuthorizationToken command is only supported in us-east-1.",
        "Error: getaddrinfo ENOTFOUND api.ecr-public.eu-west-3.amazonaws.com",
        'Could not connect to the endpoint URL: "https://api.ecr.eu-nowhere-1.amazonaws.com/"',
        'You must specify a region. You can also configure your region by running "aws configure".',
        "Error: Region is missing, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "botocore.exceptions.InvalidRegionError: Provided region_name 'eu west 1' doesn't match a supported format.",
    ),
    "aws-signature-mismatch": (
        "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        "The request signature we calculated does not match the signature you provided.",
        "An error occurred (SignatureDoesNotMatch) when calling the GetAuthorizationToken operation",
        "Authorization header requires 'Credential' parameter.",
    ),
    "aws-session-token": ("Partial credentials found in env, missing: AWS_SESSION_TOKEN",),
    "aws-no-credentials": (
        "Partial credentials found in explicit, missing: aws_secret_access_key",
        'Unable to locate credentials. You can configure credentials by running "aws configure".',
        "NoCredentialProviders: no valid providers in chain. Deprecated.",
        "failed to refresh cached credentials, no EC2 IMDS role found",
        "Error: Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers",
        "The config profile (staging) could not be found",
        "com.amazonaws.SdkClientException: Unable to load AWS credentials from the profile",
        "MissingAuthenticationTokenException, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    ),
    "aws-expired-token": (
        "denied: The security token included in the request is expired",
        "The security token included in the request is expired",
        "An error occurred (ExpiredTokenException) when calling the GetAuthorizationToken operation",
        "The SSO session associated with this profile has expired or is otherwise invalid.",
        "Error when retrieving token from sso: the refresh failed",
        "RuntimeError: Credentials were refreshed, but the refreshed credentials are still expired.",
    ),
    "aws-invalid-access-key": (
        "The security token included in the request is invalid.",
        "An error occurred (UnrecognizedClientException) when calling the GetAuthorizationToken operation",
        "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation",
        "An error occurred (InvalidAccessKeyId) when calling the GetAuthorizationToken operation",
        "The AWS Access Key Id you provided does not exist in our records.",
        "AuthFailure: AWS was not able to validate the provided access credentials",
    ),
    "aws-access-denied": (
        "User: arn:aws:iam::123456789012:user/mona is not authorized to perform: ecr:GetAuthorizationToken on resource: *",
        "User: arn:aws:iam::123456789012:user/mona is not authorized to perform: ecr:DescribeImages on resource: app",
        "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
        "An error occurred (AccessDenied) when calling the AssumeRole operation",
        "AccessDenied: 123456789012.dkr.ecr.eu-west-1.amazonaws.com says no",
        "OptInRequired: 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "Your account is not subscribed to this service, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    ),
    "push-denied": (
        "failed to push registry.example.com/octo/app:1: not authorized",
        "$ nerdctl push registry.example.com/octo/app:v1\nserver message: insufficient_scope: authorization failed",
        "$ docker push quay.io/octo/app:v1\nunauthorized: access to the requested resource is not authorized",
        "The push refers to repository [registry.example.com/octo/app]\nab12: Preparing\nError response from daemon: denied",
        "$ podman push registry.example.com/octo/app\nError: received unexpected HTTP status: 403 Forbidden",
        'The push refers to repository [registry.example.com/octo/app]\nab12: Waiting\nerror parsing HTTP 403 response body: invalid character: "<p>no</p>"',
        "The push refers to repository [123456789012.dkr.ecr.eu-west-1.amazonaws.com/app]\n5f70bf18a086: Retrying in 1 second\nEOF",
        "denied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:InitiateLayerUpload on resource: app",
        "tag invalid: The image tag '1' already exists in the 'app' repository and cannot be overwritten because the repository is immutable.",
        "DENIED: System is currently read-only. Pulls will succeed but all write operations are currently suspended.",
        'Quay.io answered: "forbidden" (Unauthorized access for: octo/app)',
        "unauthorized to access repository: octo/app, action: push: unauthorized to access repository: octo/app, action: push",
        "denied: The system is in read only mode. Any modification is prohibited.",
        "Failed to process request due to 'app:1' configured as immutable.",
        "The client does not have permission to push to the repository.",
        "error pushing: Repository does not allow updating assets: docker-hosted",
        "failed to push: push access denied, repository does not exist or may require authorization",
        'checking push permission for "registry.example.com/octo/app": UNAUTHORIZED: authentication required',
        "Error: trying to reuse blob sha256:ab at destination: checking whether a blob exists: unauthorized: authentication required",
        "Error: writing blob: initiating layer upload to /v2/octo/app/blobs/uploads/ in registry.example.com: unauthorized: authentication required",
        "failed to push registry.example.com/octo/app:1: server message: insufficient_scope: authorization failed",
        "Error: uploading manifest latest to registry.example.com/octo/app: unauthorized: authentication required",
        "The push refers to repository [docker.io/octo/app]\ndenied: requested access to the resource is denied",
        "error: unexpected status from PUT request to https://registry.example.com/v2/octo/app/manifests/1: 401 Unauthorized",
        "error: unexpected status from PUT request to https://registry.example.com/v2/octo/app/manifests/1: 403 Forbidden",
        "PUT https://registry.example.com/v2/octo/app/manifests/1: UNAUTHORIZED: no; map[]",
        "PUT https://registry.example.com/v2/octo/app/manifests/1: DENIED: no; map[]",
    ),
    "pull-denied": (
        "denied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:BatchGetImage on resource: app",
        "unexpected status 403 Forbidden, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "docker pull ghcr.io/octo/app: Error response from daemon: denied",
        "denied: current image without vulnerability scanning cannot be pulled due to configured policy",
        "denied: The image is not signed in Notary.",
        "unauthorized: The client does not have permission for manifest",
        "Download request for repo:docker-local/app was blocked by Xray policy",
        "Insufficient scope, us.icr.io/octo/app",
        "Error: Status 403 trying to pull repository octo/app",
        "Error response from daemon: pull access denied for octo/app, repository does not exist or may require 'docker login'",
        "reading manifest 1 in registry.example.com/octo/app: denied",
        "GET https://registry.example.com/v2/octo/app/manifests/1: DENIED: requested access to the resource is denied",
        "UNAUTHORIZED: access to the requested resource is not authorized",
        "server message: insufficient_scope: authorization failed",
        "Source image rejected: Running image docker://octo/app:1 is rejected by policy.",
        'ERROR: could not resolve image due to policy: source "docker-image://octo/app" denied by policy',
        "error: unexpected status from HEAD request to https://registry.example.com/v2/octo/app/blobs/sha256:ab: 403 Forbidden",
        "failed to resolve reference: unexpected status code [blobs sha256:ab]: 403 Forbidden",
        "registry.example.com said 403 Forbidden",
        'DockerApiException: Docker API responded with status code=InternalServerError, response={"message":"denied"}',
        "failed to pull the image: status permission denied",
        "Could not resolve Feature 'ghcr.io/octo/features/tool:1'.  Ensure the Feature is published and accessible from your current environment.",
        "ERR: Feature 'ghcr.io/octo/features/tool' could not be processed.  You may not have permission to access this Feature, or may not be logged in.",
        'Normal  BackOff  kubelet  Back-off pulling image "octo/app:1"',
        "Warning  Failed  kubelet  Error: ErrImagePull",
        "app-5c9f   0/1     ImagePullBackOff   0          5m",
        "Error: Docker pull failed with exit code 1",
    ),
    "rate-limited": (
        'Error: Status 429 trying to pull repository octo/app: "<!DOCTYPE html><title>Error 429 (Too Many Requests)!!1</title>',
        "ThrottlingException, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "Rate exceeded, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "429: Quota exceeded for quota metric 'Requests per project per user'",
        "You have reached your unauthenticated pull rate limit.",
        "toomanyrequests: slow down",
        "You have reached it, see https://www.docker.com/increase-rate-limit",
        "denied: API rate limit exceeded",
        "429 Too Many Requests",
        "Error: too many requests to registry",
        'Failed to pull image "octo/app": pull QPS exceeded',
    ),
    "quota-exceeded": (
        "LimitExceededException, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "contoso.azurecr.io: the storage limit has been reached",
        "Quota has been exceeded on namespace",
        "denied: adding 1.0 MiB of storage resource, which when updated to current usage of 9.0 GiB will exceed the configured upper limit of 9.0 GiB.",
        "Failed to add resources, error: over the quota: used 12 but only hard 10",
        "Quota exceeded when processing the request of adding 1 MiB",
        "denied: registry contains 5 repositories, limit is 5",
        "Your account has exceeded its pull traffic quota for the current month.",
        "toomanyrequests: Data limit exceeded",
        "denied: the quota has been exceeded",
        "denied: you have reached the number, exceeded your private repositories",
    ),
    "ecr-token-expired": (
        "Please run 'aws ecr get-login' to fetch a new one.",
        "denied: Your authorization token has expired. Reauthenticate and try again.",
        "DENIED: Your authorization token has expired, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "The session token has expired, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/: error parsing HTTP 403 response body: unexpected end of JSON input: ""',
    ),
    "repository-not-found": (
        "name unknown: The repository with name 'app' does not exist in the registry with id '123456789012'",
        "An error occurred (RepositoryNotFoundException) when calling the DescribeImages operation",
        "The resource with name 'contoso' and type 'Microsoft.ContainerRegistry/registries' could not be found in subscription 'A'.",
        'name unknown: Repository "tools" not found',
        "NOT_FOUND: project octo not found, registry.example.com",
        "name unknown: no such thing",
        "GET https://registry.example.com/v2/octo/app/tags/list: NAME_UNKNOWN: no such thing",
        "repository name not known to registry",
        "repository registry.example.com/octo/app not found: does not exist or no pull access",
        "Error: image octo/app not found",
        "Error: Status 404 trying to pull repository octo/app",
        "unknown: repository not found",
        "pull access denied for builder, repository does not exist or may require 'docker login'",
    ),
    "tag-not-found": (
        "manifest for octo/app not found: Requested image not found",
        "ImageNotFoundException, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        'manifest tagged by "v9" is not found',
        'Failed to fetch "v9" from request "/v2/octo/app/manifests/v9", gcr.io/octo/app',
        "Tag v9 was deleted or has expired. quay.io/octo/app",
        "The named manifest is not known to the registry.",
        "An image does not exist locally with the tag: octo/app",
        "tag does not exist: octo/app:v9",
        "manifest unknown",
        "GET https://registry.example.com/v2/octo/app/manifests/v9: MANIFEST_UNKNOWN: gone",
        "Error response from daemon: manifest for octo/app:v9 not found",
        "Tag v9 not found in repository docker.io/octo/app",
        'failed to resolve reference "octo:v9": v9: not found',
        "ERROR: registry.example.com/octo/app:v9: not found",
        "unexpected status from HEAD request to https://registry.example.com/v2/octo/app/manifests/v9: 404 Not Found",
        "failed to resolve: unexpected status code [manifests v9]: 404 Not Found",
        'image manifest does not exist for tag or digest "v9"',
        "Error response from daemon: No such image: octo/app:v9",
    ),
    "no-credentials-sent": (
        'Head "https://registry.example.com/v2/octo/app/manifests/1": unauthorized: no',
        "$ docker pull registry.example.com/octo/app\nError: the registry said 401 Unauthorized",
        "$ docker pull registry.example.com/octo/app\nError response from daemon: unauthorized: authentication required",
        "The push refers to repository [docker.io/octo/app]\nab12: Preparing\nunauthorized: authentication required",
        "unauthorized to access repository: octo/app, action: pull: unauthorized to access repository: octo/app, action: pull",
        "Get https://docker.pkg.github.com/v2/octo/tools/app/manifests/latest: no basic auth credentials",
        "credentials not found in native keychain",
        "Get https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1: no basic auth credentials",
        "unexpected status 401 Unauthorized, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://contoso.azurecr.io/oauth2/token: 401 Unauthorized",
        "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized",
        'Head "https://ghcr.io/v2/octo/app/manifests/1": unauthorized',
        "Error response from daemon: no basic auth credentials",
        "failed to handle basic auth because missing username or secret",
        "Error: basic credential not found",
        "Error: not logged into registry.example.com",
        "failed to fetch anonymous token: unexpected status from GET request to https://auth.example.com/token: 403 Forbidden",
        "[httpOci] ERR: No basic auth credentials to send for registry service 'registry.example.com'",
        "unexpected status from HEAD request to https://registry.example.com/v2/octo/app/blobs/sha256:ab: 401 Unauthorized",
        "failed to resolve reference: unexpected status code [blobs sha256:ab]: 401 Unauthorized",
        'Head "https://registry.example.com/v2/octo/app/manifests/1": unauthorized: authentication required',
    ),
    "bad-credentials": (
        "login attempt to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/ failed with status: 400 Bad Request",
        "login attempt to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/ failed with status: 403 Forbidden",
        "unauthorized: AADSTS7000215: Invalid client secret provided.",
        "unauthorized: Invalid clientid or client secret.",
        "unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.",
        "Invalid JWT Signature.",
        "Invalid grant: account not found, europe-docker.pkg.dev",
        "There was a problem refreshing your current auth tokens: ('invalid_grant: Bad Request')",
        "invalid_grant, europe-docker.pkg.dev",
        'Get "https://ghcr.io/v2/": denied: denied',
        "denied: denied by the service, docker pull docker.pkg.github.com/octo/tools/app",
        '{"errors":[{"code":"DENIED","message":"invalid token"}]} ghcr.io',
        "unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aocto%2Fapp%3Apull: 403 Forbidden",
        "unauthorized: Could not find robot with username: octo+ci and supplied password.",
        "unauthorized: Token does not match robot",
        "HTTP Basic: Access denied. If a token was provided, it was either incorrect, expired, or improperly scoped.",
        "failed to fetch oauth token: unexpected status from GET request to https://gitlab.example.com/jwt/auth?service=container_registry: 401 Unauthorized",
        "denied: access forbidden",
        '{"errors":[{"code":"UNAUTHORIZED","message":"BAD_CREDENTIAL"}]}',
        "Props Authentication Token not found",
        "Token failed verification: signature",
        "Authorization required. See https://cloud.ibm.com/docs/Registry",
        "denied: Anonymous users are only allowed read access on public repos, fra.ocir.io/octo/app",
        "The required information to complete authentication was not provided or was incorrect.",
        "unauthorized: Please login to the Red Hat Registry using your Customer Portal credentials.",
        "UNAUTHORIZED: Invalid token, quay.io/octo/app",
        "Wrong login/password, please try again",
        "unable to retrieve auth token: 401 unauthorized",
        "unauthorized: incorrect username or password",
        'Error: authenticating creds for "registry.example.com": unable to retrieve auth token: invalid username/password: unauthorized: no',
        "Specified credentials are invalid",
        "error: invalid credentials",
        '{"status":401,"message":"Bad credentials"}',
        "Wrong username was used",
        "login attempt to https://registry.example.com/v2/ failed with status: 401 Unauthorized",
        "failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://auth.example.com/token: 401 Unauthorized",
        "[httpOci] Could not fetch bearer token for 'registry.example.com': Error: HTTP 403",
        "[httpOci] 401: Credentials for 'registry.example.com' may be expired. Attempting request anonymously.",
        "Requesting bearer token: invalid status code from registry 403 (Forbidden)",
        "FATA[0001] too many 401 (probably)",
        "Build image failed: Unauthorized for registry.example.com/octo/app",
        "Error response from daemon: unauthorized: authentication required",
        'Error response from daemon: Get "https://registry.example.com/v2/": unauthorized',
        "denied: Your Authorization Token is invalid.",
        "unauthorized: Unable to authenticate you.",
        '{"method": "api_key", "reason": "not_found", "type": "denied_authentication"}',
        "Error response from daemon: unauthorized: go away",
        "denied: denied",
        "docker login: error: authentication required",
        "docker push: 401 Unauthorized",
        "Error response from daemon: unauthorized",
        "Error: Login did not succeed, error: whatever",
    ),
    "admin-user-disabled": (
        "Admin user is disabled. Run 'az acr update -n contoso --admin-enabled true'",
        "only supports running images from Azure Container Registries with admin enabled",
        "Unable to get admin user credentials with message: the registry was not found",
    ),
    "azure-token-error": (
        "AADSTS700016: Application with identifier 'a1' was not found",
        "unauthorized: Application not registered with AAD",
        "unauthorized: aad access token with sp failed client id must be guid",
        "An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR",
        "ERROR: Please run 'az login' to setup account.",
        "Unable to authenticate using AAD or admin login credentials. Please specify both",
        "Unable to get AAD authorization tokens with message: something else",
        "The client 'a1' does not have authorization to perform action 'Microsoft.ContainerRegistry/registries/read'",
    ),
    "gcp-bad-json-key": (
        "unknown: Unable to parse json key.",
        "failed to parse service account key JSON credentials: unexpected token",
        "ERROR: (gcloud.auth.activate-service-account) Could not read json file key.json",
        "The .json key file is not in a valid format.",
        "ValueError: Could not deserialize key data. The data may be in an incorrect format",
    ),
    "gcp-api-disabled": (
        "Artifact Registry API has not been used in project 12345 before or it is turned off.",
        "Please enable Google Container Registry API in Cloud Console",
        "PERMISSION_DENIED: SERVICE_DISABLED, europe-docker.pkg.dev",
        "denied: the API artifactregistry.googleapis.com is disabled, europe-docker.pkg.dev",
    ),
    "gcp-not-configured": (
        'denied: Unauthenticated requests do not have permission "artifactregistry.repositories.get"',
        "DENIED: Unauthenticated request, europe-docker.pkg.dev",
        "google: could not find default credentials. See the documentation",
        "Your default credentials were not found.",
        "ERROR: (gcloud.auth) You do not currently have an active account selected.",
        'the GitHub Action workflow must specify exactly one of "workload_identity_provider" or "credentials_json"',
    ),
    "gcp-permission-denied": (
        'denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/p"',
        "ci@p.iam.gserviceaccount.com does not have storage.objects.get access to the object.",
        "denied: Token exchange failed for project 'p'. Access is missing",
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource",
        "unauthorized: You don't have the needed permissions to perform this operation, and you may have invalid credentials.",
        "Unable to access the repository; please verify that it exists and you have permission to access it.",
    ),
    "account-locked": (
        "The service account ci@p.iam.gserviceaccount.com is disabled, europe-docker.pkg.dev",
        "The billing account is closed, europe-docker.pkg.dev",
        "denied: Namespace octo has been disabled. quay.io/octo/app",
        "Blocked due to recurrent login failures, please try again in 5 minutes",
        "toomanyrequests: too many failed login attempts for username or IP address",
        "unauthorized: too many login attempts",
        "denied: your account has been suspended",
        "unauthorized: this user has been disabled",
        "denied: please verify your email",
        "denied: email must be verified before login",
        "Error response from daemon: Login: Account is not Active. Please check your inbox",
    ),
    "token-expired": (
        "AADSTS7000222: The secret is old.",
        "unauthorized: the client secret keys for this application are expired",
        "AADSTS700082: The refresh token is old.",
        "ERROR: (gcloud.auth) Reauthentication failed. cannot prompt during non-interactive execution.",
        "Request had invalid authentication credentials. Expected OAuth 2 access token",
        "unauthorized: unauthenticated: User cannot be authenticated with the token provided.",
        "Token failed verification: expired",
        "denied: Your authorization token has expired.",
        "unauthorized: personal access token is expired",
        "denied: expired access token",
        "unauthorized: token-expired",
    ),
    "token-revoked": ("unauthorized: this token was revoked",),
    "token-kind-unsupported": (
        "This credential type is not supported for registry. Please choose another",
        "unauthorized: please use personal access token to login",
        "your account must log in with a Personal Access Token (PAT)",
        "Client login with unencrypted passwords is disabled.",
        "HTTP Basic: Access denied. You have 2FA enabled and must use a personal access token.",
    ),
    "missing-scope": (
        "Request had insufficient authentication scopes.",
        "reason: ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "unauthorized: Your request could not be authenticated by the GitHub Packages service.",
        "denied: permission_denied: The token provided does not match expected scopes.",
        "denied: installation not allowed to Create organization package",
        "DENIED: Resource not accessible by integration",
        "401 Unauthorized: access token has insufficient scopes",
    ),
    "package-not-linked": (
        "denied: permission_denied: write_package",
        "denied: permission_denied: The requested installation does not exist.",
        "ERROR: failed to solve: unexpected status: 403 Forbidden\npushing ghcr.io/octo/app",
    ),
    "sso-not-authorized": (
        "Sign-in enforcement: you must be in the organization",
        "Resource protected by organization SAML enforcement.",
        "you must authorize this token, the organization uses SSO",
    ),
    "firewall-denied": (
        "An error occurred: CONNECTIVITY_FORBIDDEN_ERROR",
        "denied: Public network access is disabled on this registry",
        "denied: Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: x",
        "Since Docker is a US company, we must comply with US export control regulations.",
        "access to docker.io/octo/app has been denied by your administrator",
        "You must access this account over the private network, us.icr.io",
        "denied: client with IP '203.0.113.5' is not allowed access",
        "your IP address is not permitted to access this resource",
        "the organization has an IP allow list enabled",
        "registry registry.example.com is blocked in /etc/containers/registries.conf",
        "login attempt to https://registry.example.com/v2/ failed with status: 403 Forbidden",
        "error parsing HTTP 403 response body: invalid character 'B' looking for beginning of value: \"Blocked\"",
    ),
    "request-too-large": (
        "denied: Uploaded blob of 21 GiB is larger than 20 GiB allowed by this registry",
        "error parsing HTTP 413 response body: a page",
        "client intended to send too large body: 5242880 bytes",
        "http: request body too large",
    ),
    "proxy-auth-required": (
        'Get "https://registry.example.com/v2/": Proxy Authentication Required',
        "curl: (56) Received HTTP code 407 from proxy after CONNECT",
        "curl: (56) CONNECT tunnel failed, response 407",
        "Error: tunneling socket could not be established, statusCode=407",
    ),
    "proxy-error": (
        'Get "https://registry.example.com/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused',
        "curl: (56) Received HTTP code 502 from proxy after CONNECT",
        "proxy: unknown scheme: htp",
    ),
    "tls-unknown-ca": (
        "An error occurred: CONNECTIVITY_SSL_ERROR",
        "http: TLS handshake error from 10.0.0.5:4312: remote error: tls: bad certificate",
        "x509: certificate signed by unknown authority",
        "SSL certificate problem: self-signed certificate in certificate chain",
        "x509: “registry.example.com” certificate is not trusted",
        "SSL certificate problem: unable to get local issuer certificate",
        "Error: unable to verify the first certificate",
        "javax.net.ssl.SSLHandshakeException: unable to find valid certification path to requested target",
        "sun.security.validator.ValidatorException: PKIX path building failed",
        "javax.net.ssl.SSLPeerUnverifiedException: peer not authenticated",
        "code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'",
        "code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'",
        "code: 'SELF_SIGNED_CERT_IN_CHAIN'",
        "fatal: server certificate verification failed. CAfile: none CRLfile: none",
        "The remote certificate is invalid according to the validation procedure",
        "x509: failed to load system roots and no roots provided",
        "x509: certificate is not authorized to sign other certificates",
        "SSL: certificate verify failed",
        "ssl.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED]",
        "tls: failed to verify certificate: x509: something else",
    ),
    "tls-client-cert": (
        "Error: tls: private key does not match public key",
        "javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate",
        "failed to load keypair for /etc/docker/certs.d/registry.example.com/client.cert",
        "Error response from daemon: Missing client certificate ca.cert for key ca.key",
        "unable to resolve docker endpoint: open /certs/client/ca.pem: no such file or directory",
        "malformed HTTP response.\n* Are you trying to connect to a TLS-enabled daemon without TLS?",
        "the server probably has client authentication (--tlsverify) enabled; check your TLS client certification settings",
        "400 Bad Request: No required SSL certificate was sent",
        "remote error: tls: bad certificate",
        "Could not load X509 key pair: open cert.pem",
        "missing client certificate client.cert for key client.key in /etc/docker/certs.d/registry.example.com",
    ),
    "tls-plain-http": (
        'Get "https://registry.example.com/v2/": http: server gave HTTP response to HTTPS client',
        "tls: first record does not look like a TLS handshake",
        "tls: oversized record received with length 20527",
        "routines:ssl3_get_record:wrong version number",
        "ssl.SSLError: [SSL: WRONG_VERSION_NUMBER]",
        "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message",
        "Failed to verify the server at https://registry.example.com/v2/ because only secure connections are allowed",
        'level=error msg="server registry.example.com does not seem to support HTTPS"',
        "Client sent an HTTP request to an HTTPS server.",
        "400 The plain HTTP request was sent to HTTPS port",
        'net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"',
    ),
    "tls-hostname-mismatch": (
        "x509: certificate is valid for a.example.com, not b.example.com",
        "x509: certificate is not valid for any names, but wanted to match b.example.com",
        "x509: cannot validate certificate for 192.0.2.7 because it doesn't contain any IP SANs",
        "x509: certificate relies on legacy Common Name field, use SANs instead",
        "Hostname mismatch, certificate is not valid for 'registry.example.com'.",
        "java.security.cert.CertificateException: No name matching registry.example.com found",
        "code: 'ERR_TLS_CERT_ALTNAME_INVALID'",
        "AuthenticationException: RemoteCertificateNameMismatch",
        "remote error: tls: unrecognized name",
    ),
    "tls-not-yet-valid": (
        "x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is before 2026-06-01T00:00:00Z",
        "SSL certificate problem: certificate is not yet valid",
        "code: 'CERT_NOT_YET_VALID'",
    ),
    "tls-expired": (
        "x509: certificate has expired or is not yet valid: current time 2026-06-01T00:00:00Z is after 2026-01-01T00:00:00Z",
        "x509: certificate has expired or is not yet valid",
        "SSL certificate problem: certificate has expired",
        "code: 'CERT_HAS_EXPIRED'",
    ),
    "tls-protocol": (
        "remote error: tls: protocol version not supported",
        "tls: server selected unsupported protocol version 301",
        "[SSL: TLSV1_ALERT_PROTOCOL_VERSION] tlsv1 alert protocol version (_ssl.c:590)",
        "remote error: tls: handshake failure",
        "javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure",
        "SSL routines: no shared cipher",
        "remote error: tls: internal error",
        "x509: cannot verify signature: insecure algorithm SHA1-RSA",
        "ssl.SSLError: EOF occurred in violation of protocol (_ssl.c:1129)",
        "ssl.SSLEOFError: [SSL: UNEXPECTED_EOF_WHILE_READING]",
        "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake",
        'Get "https://registry.example.com/v2/": EOF',
    ),
    "tls-timeout": ('Get "https://registry.example.com/v2/": net/http: TLS handshake timeout',),
    "dns-failure": (
        "dial tcp: lookup registry.example.com on [::1]:53: read udp [::1]:4312->[::1]:53: read: connection refused",
        "dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host",
        "dial tcp: lookup registry.example.com on 10.0.0.2:53: server misbehaving",
        "lookup registry.example.com: Temporary failure in name resolution",
        "Error: getaddrinfo EAI_AGAIN registry.example.com",
        "dial tcp: lookup registry.example.com: Try again",
        "dial tcp: lookup registry.example.com: i/o timeout",
        "dial tcp: lookup registry.example.com: cannot unmarshal DNS message",
        "lookup registry.example.com on 10.0.0.2:53: invalid DNS response",
        "dial tcp: lookup registry.example.com: device or resource busy",
    ),
    "dns-not-found": (
        "An error occurred: CONNECTIVITY_DNS_ERROR",
        "Could not connect to the registry login server 'contoso.azurecr.io'.",
        "dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host",
        "Error: getaddrinfo ENOTFOUND registry.example.com",
        "socket.gaierror: [Errno -2] Name or service not known, registry.example.com",
        "nodename nor servname provided, or not known: registry.example.com",
        "[Errno 11001] getaddrinfo failed: registry.example.com",
        "No address associated with hostname registry.example.com",
        "curl: (6) Could not resolve host: registry.example.com",
        "java.net.UnknownHostException: registry.example.com",
        "registry.example.com: Name does not resolve",
    ),
    "network-unreachable": (
        "dial tcp 192.0.2.7:443: connect: network is unreachable",
        "dial tcp 192.0.2.7:443: connect: no route to host",
        "dial tcp [2001:db8::1]:443: connect: cannot assign requested address",
        "Error: connect EHOSTUNREACH 192.0.2.7:443",
    ),
    "tcp-refused": (
        "dial tcp 192.0.2.7:443: connect: connection refused",
        "Error: connect ECONNREFUSED 192.0.2.7:443",
        "connectex: No connection could be made because the target machine actively refused it.",
        "curl: (7) Failed to connect to registry.example.com port 443 after 2 ms: Couldn't connect to server",
    ),
    "tcp-reset": (
        "read tcp 10.0.0.5:4312->192.0.2.7:443: read: connection reset by peer",
        "Error: read ECONNRESET",
        "wsarecv: An existing connection was forcibly closed by the remote host.",
        "Error: socket hang up",
        "write tcp 10.0.0.5:4312->192.0.2.7:443: write: broken pipe",
        "('Connection aborted.', RemoteDisconnected('Remote end closed connection'))",
        "('Connection aborted.', ConnectionResetError(104, 'cut'))",
        "unexpected EOF",
        "read tcp 10.0.0.5:4312: use of closed network connection",
        "stream error: stream ID 5; INTERNAL_ERROR; received from peer",
        'Get "https://ghcr.io/v2/": EOF',
        'Get "http://registry.example.com/v2/": EOF',
        "failed to register layer: download failed after attempts=6: EOF",
        "Error response from daemon: EOF",
    ),
    "tcp-timeout": (
        "dial tcp 192.0.2.7:443: i/o timeout",
        "dial tcp 192.0.2.7:443: connect: connection timed out",
        "Error: connect ETIMEDOUT 192.0.2.7:443",
        "connectex: A connection attempt failed because the connected party did not properly respond after a period of time",
    ),
    "timeout-overall": (
        "requests.exceptions.ReadTimeout: UnixHTTPConnectionPool(host='localhost', port=None): Read timed out. (read timeout=60)",
        "408 Request Time-out",
        "net/http: Client.Timeout exceeded while awaiting headers",
        "net/http: request canceled while waiting for connection",
        'Get "https://registry.example.com/v2/": context deadline exceeded',
        "rpc error: code = DeadlineExceeded desc = pulling",
        "ReadTimeoutError: HTTPSConnectionPool(host='registry.example.com', port=443): Read timed out.",
        "net/http: timeout awaiting response headers",
        'failed to do request: Get "https://registry.example.com/v2/": context canceled',
    ),
    "registry-unavailable": (
        "login attempt to https://registry.example.com/v2/ failed with status: 521 Down",
        "received unexpected HTTP status: 520 ",
        "error parsing HTTP 503 response body: a page",
        "docker push: 500 Internal Server Error",
        "docker push: 502 Bad Gateway",
        "docker push: 503 Service Unavailable",
        "docker push: 504 Gateway Time-out",
        "UNAVAILABLE: service unavailable",
        "crane: unexpected status code 521",
        "invalid character '<' looking for beginning of value: \"<h1>under maintenance</h1>\"",
        '{"outcome":"error","message":"Command failed: docker inspect --type image octo/app:1","description":"An error occurred setting up the container."}',
    ),
    "not-a-registry": (
        "An error occurred: CONNECTIVITY_CHALLENGE_ERROR",
        "login attempt to https://registry.example.com/v2/ failed with status: 404 Not Found",
        'error parsing HTTP 404 response body: unexpected end of JSON input: ""',
        "error unmarshalling content: invalid character '<' looking for beginning of value",
        "unable to decode token response: unexpected end of JSON input",
        'decoding bearer token (last URL "https://auth.example.com/token", body start "x")',
        "no token in bearer response:",
        "authorization server did not include a token in the response",
        "no realm specified for token auth challenge",
        "missing realm in bearer auth challenge",
        "[httpOci] ERR: Server did not provide instructions to authentiate! (Required: A 'WWW-Authenticate' Header)",
        "can't talk to a V1 container registry",
        "error pinging docker registry registry.example.com: invalid status code from registry 404 (Not Found)",
        "Error response from daemon: Login: <!doctype html><html>",
        "404 page not found",
        "v2 ping attempt failed with error: EOF",
        "unexpected status from POST request to https://registry.example.com/v2/octo/app/blobs/: 405 Method Not Allowed",
        "unsupported: The operation is unsupported.",
    ),
    "realm-not-trusted": ('realm host "10.0.0.1" is a private or link-local address',),
}
"""Of each cause the texts that show it; where a registry has to be known, it is named in the text."""

SAID = (
    *((cause, text) for cause, texts in TEXTS.items() for text in texts),
    *(said for texts in TEXTS_OF_PROGRAMS.values() for said in texts),
)


def verdict(text: str) -> Explained:
    found = explain(io.BytesIO(text.encode()))
    assert found, text
    return found[0]


def read_without(signature: Signature, text: str) -> object:
    """The verdict on a text, had the signature never been written down and did nobody guess."""
    others = tuple(each for each in SIGNATURES if each is not signature)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "SIGNATURES", others)
        patch.setattr(verdicts, "_BY_NEEDLE", {})
        patch.setattr(guesses, "GENERAL", ())
        found = explain(io.BytesIO(text.encode()))
    return _told(found[0]) if found else None


def _told(found: Explained) -> object:
    return found.finding.cause, found.finding.also_possible, found.confidence, found.finding.explanation


@pytest.mark.parametrize(("cause", "text"), SAID)
def test_a_text_shows_its_cause(cause: str, text: str) -> None:
    assert verdict(text).finding.cause == cause


@pytest.mark.parametrize(
    "signature",
    SIGNATURES,
    ids=lambda signature: f"{signature.cause}: {signature.needle} {signature.pattern[:40]}",
)
def test_every_signature_is_needed(signature: Signature) -> None:
    lines = [
        text
        for cause, text in SAID
        if cause == signature.cause and signature.fits(" ".join(text.lower().split()))
    ]
    assert lines, "no recorded text bears it"
    assert any(read_without(signature, text) != _told(verdict(text)) for text in lines), lines


def test_no_signature_is_written_twice() -> None:
    keys = [
        (each.cause, each.needle, each.pattern, each.registries, each.host, each.during)
        for each in SIGNATURES
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("signature", [each for each in SIGNATURES if each.also_possible])
def test_what_leaves_causes_open_says_what_tells_them_apart(signature: Signature) -> None:
    assert signature.apart.endswith(".")
    assert not signature.apart.startswith("The text alone")


# A pattern is read by Python's own parser: what may repeat has a bound, and texts made of its own beginnings
# are searched in a time that their length bounds.


PARSER: Any = importlib.import_module("re._parser")
KIND: Any = importlib.import_module("re._constants")
REPEATS = (KIND.MAX_REPEAT, KIND.MIN_REPEAT)


def _operations(pattern: str) -> Iterator[tuple[object, Any]]:
    stack = [PARSER.parse(pattern)]
    while stack:
        for operation, argument in stack.pop():
            yield operation, argument
            for part in argument if isinstance(argument, (tuple, list)) else (argument,):
                parts = part if isinstance(part, list) else [part]
                stack += [each for each in parts if isinstance(each, PARSER.SubPattern)]


def _sample(parsed: Any) -> str:
    """A text that a parsed pattern matches, or nearly does."""
    text = ""
    for operation, argument in parsed:
        if operation is KIND.LITERAL:
            text += chr(argument)
        elif operation is KIND.IN:
            text += _of_class(*argument[0])
        elif operation in REPEATS:
            low, high, inner = argument
            text += _sample(inner) * max(low, min(high, 3))
        elif operation is KIND.BRANCH:
            text += _sample(argument[1][0])
        elif operation is KIND.SUBPATTERN:
            text += _sample(argument[-1])
        elif operation in (KIND.ANY, KIND.NOT_LITERAL):
            text += "x"
    return text


def _of_class(operation: object, argument: Any) -> str:
    if operation is KIND.LITERAL:
        return chr(argument)
    if operation is KIND.RANGE:
        return chr(argument[0])
    space = operation is KIND.CATEGORY and argument in (KIND.CATEGORY_SPACE, KIND.CATEGORY_NOT_WORD)
    return " " if space else "1" if argument is KIND.CATEGORY_DIGIT else "x"


PATTERNS = sorted({each.pattern for each in SIGNATURES if each.pattern})


def _shortest(parsed: Any) -> list[str]:
    """A short text for each way through a pattern, without what may be left out."""
    texts = [""]
    for operation, argument in parsed:
        if operation is KIND.LITERAL:
            ways = [chr(argument)]
        elif operation is KIND.SUBPATTERN:
            ways = _shortest(argument[-1])
        elif operation is KIND.BRANCH:
            ways = [way for branch in argument[1] for way in _shortest(branch)]
        elif operation in REPEATS:
            ways = ["".join([way] * argument[0]) for way in _shortest(argument[2])] if argument[0] else [""]
        elif operation is KIND.IN and argument[0][0] is KIND.LITERAL:
            ways = [chr(value) for kind, value in argument if kind is KIND.LITERAL]
        else:
            ways = ["" if operation in (KIND.AT, KIND.ASSERT, KIND.ASSERT_NOT) else "?"]
        texts = [text + way for text in texts for way in ways][:4000]
    return texts


@pytest.mark.parametrize(
    "signature", [each for each in SIGNATURES if each.pattern], ids=lambda each: each.pattern
)
def test_every_alternative_holds_the_needle_or_none_does(signature: Signature) -> None:
    bearing = [signature.needle in text for text in _shortest(PARSER.parse(signature.pattern))]
    assert all(bearing) or not any(bearing), "an alternative without the needle is never looked at"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_nothing_in_a_pattern_repeats_without_a_bound(pattern: str) -> None:
    bounds = [argument[1] for operation, argument in _operations(pattern) if operation in REPEATS]
    assert all(bound is not KIND.MAXREPEAT and bound <= 2000 for bound in bounds)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_searched_in_no_time(pattern: str) -> None:
    parsed = PARSER.parse(pattern)
    sample = _sample(parsed)
    beginnings = {sample[:-1], sample[: len(sample) // 2], sample[: len(sample) // 3], sample.split(" ")[0]}
    for beginning in beginnings - {""}:
        text = (beginning * 100_000)[:100_000]
        start = time.perf_counter()
        re.search(pattern, text)
        assert time.perf_counter() - start < 5.0, beginning


# Texts as people paste them.


def causes_in(text: str) -> list[str]:
    return [each.finding.cause for each in explain(io.BytesIO(text.encode()))]


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        # what follows does not hide what went before
        (
            "Pulling octo/app:9\n"
            "Error response from daemon: manifest for octo/app:9 not found: manifest unknown\n"
            "Error response from daemon: No such image: octo/app:9\n"
            "Error: Command failed: docker inspect --type image octo/app:9\n"
            "Error code: 1302 (UnifiedContainersErrorFatalCreatingContainer)\n",
            "tag-not-found",
            2,
        ),
        (
            "  Warning  Failed   kubelet  Error: ErrImagePull\n"
            "  Warning  Failed   kubelet  Error: ImagePullBackOff\n"
            '  Warning  Failed   kubelet  Failed to pull image "registry.example.com/app:1": rpc error: code = Unknown '
            'desc = Get "https://registry.example.com/v2/": x509: certificate signed by unknown authority\n',
            "tls-unknown-ca",
            3,
        ),
        # noise of the dev container CLI
        (
            "Error fetching image details: No manifest found for docker.io/contoso.azurecr.io/app:1.\n"
            "$ docker pull contoso.azurecr.io/app:1\n"
            "Error response from daemon: denied: client with IP '203.0.113.5' is not allowed access. Refer "
            "https://aka.ms/acr/firewall to grant access.\n",
            "firewall-denied",
            3,
        ),
        # a wrapped line
        (
            'Error response from daemon: Get "https://registry.example.com/v2/": tls: failed to verify certificate: x509:\n'
            "certificate signed by\n"
            "unknown authority\n",
            "tls-unknown-ca",
            2,
        ),
        # JSON in a line, its quotes escaped
        (
            '{"log":"Error response from daemon: Get \\"https://registry.example.com/v2/\\": dial tcp: lookup '
            'registry.example.com on 10.0.0.2:53: server misbehaving\\n","stream":"stderr"}',
            "dns-failure",
            1,
        ),
        (
            r'{"error":"denied: Permission \"artifactregistry.repositories.downloadArtifacts\" denied"}',
            "gcp-permission-denied",
            1,
        ),
        # colours
        (
            "\x1b[31;1mERROR\x1b[0m: \x1b[1mpull access denied\x1b[0m for octo/app, repository does not exist",
            "pull-denied",
            1,
        ),
        # the time, the number of a build's step
        ("2026-01-31T12:00:00.1234567Z manifest unknown", "tag-not-found", 1),
        ("[2026-01-31 12:00:00,123] no basic auth credentials", "no-credentials-sent", 1),
        ("#12 0.345 password is empty", "value-empty", 1),
        # annotations of Actions
        ("##[error]Username and password required", "value-empty", 1),
        ("::error file=build.sh,line=3::manifest unknown", "tag-not-found", 1),
        # Windows line ends
        (
            "docker login\r\nError: Cannot perform an interactive login from a non TTY device\r\n",
            "not-a-tty",
            2,
        ),
    ],
)
def test_a_text_is_read_as_people_paste_it(text: str, cause: str, line: int) -> None:
    found = verdict(text)
    assert (found.finding.cause, found.line) == (cause, line)


def test_several_failures_are_all_told() -> None:
    text = (
        "$ docker pull ghcr.io/octo/app:1\n"
        'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied\n'
        "$ docker pull registry.example.com/app:1\n"
        'Error response from daemon: Get "https://registry.example.com/v2/": x509: certificate has expired\n'
    )
    found = explain(io.BytesIO(text.encode()))
    assert [(each.finding.cause, each.host) for each in found] == [
        ("bad-credentials", "ghcr.io"),
        ("tls-expired", "registry.example.com"),
    ]


def test_a_failure_that_is_tried_again_is_one_failure() -> None:
    text = "Error response from daemon: received unexpected HTTP status: 502 Bad Gateway\n" * 3
    (found,) = explain(io.BytesIO(text.encode()))
    assert (found.finding.cause, found.line, found.times) == ("registry-unavailable", 1, 3)


LOG = "".join(f"{number:04} compiling module_{number}.c\n" for number in range(40))


@pytest.mark.parametrize(
    "line",
    [
        "dial tcp 10.0.0.7:5432: connect: connection refused",
        "curl: (6) Could not resolve host: mirror.example.com",
        "unauthorized: token missing",
        "HTTP 503 Service Unavailable",
        "read tcp 10.0.0.5:1->10.0.0.6:80: read: connection reset by peer",
    ],
)
def test_words_that_others_say_too_count_only_beside_an_image(line: str) -> None:
    assert causes_in(LOG + line + "\n" + LOG) in ([], ["unknown"])
    beside = f"$ docker pull registry.example.com/app:1\nError response from daemon: {line}\n"
    assert causes_in(LOG + beside + LOG)[0] != "unknown"


@pytest.mark.parametrize(
    "sentence",
    [
        "If you see `manifest unknown`, the tag was removed.",
        "Should 'no basic auth credentials' appear, log in again.",
        'Then docker prints "denied: denied" and gives up.',
    ],
)
def test_a_sentence_that_quotes_a_message_is_no_failure(sentence: str) -> None:
    assert causes_in(sentence) in ([], ["unknown"])


@pytest.mark.parametrize(
    "line",
    [
        'I get "no basic auth credentials" when I pull',
        'level=error msg="no basic auth credentials"',
        '{"error":"no basic auth credentials"}',
        "it says 'no basic auth credentials'",
    ],
)
def test_a_message_that_is_told_of_is_one(line: str) -> None:
    assert causes_in(line) == ["no-credentials-sent"]


def test_a_cause_that_others_may_be_is_never_told_with_confidence() -> None:
    for cause, text in SAID:
        found = verdict(text)
        if found.confidence == "high":
            assert not found.finding.also_possible, (cause, text)
