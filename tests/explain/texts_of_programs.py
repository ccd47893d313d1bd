# ruff: noqa: E501 - a recorded text stands on one line, in the letters that a system has for it
"""More of what programs say, by the program and not by the cause: our own hosts and names."""

from __future__ import annotations

TEXTS_OF_PROGRAMS: dict[str, tuple[tuple[str, str], ...]] = {
    "docker before 17": (
        (
            "request-too-large",
            "FATA[0009] Error pushing to registry: Server error: 413 trying to push octo/app blob - sha256:ab",
        ),
        ("push-denied", "FATA[0003] Error: Status 403 trying to push repository octo/app"),
        ("push-denied", "2014/10/02 10:11:12 HTTP code 401 while uploading metadata: invalid character"),
        (
            "registry-unavailable",
            "FATA[0004] Error pushing to registry: Server error: 503 trying to push octo/app manifest",
        ),
        (
            "registry-unavailable",
            "FATA[0002] Error response from daemon: Unexpected status code [503] : <html>",
        ),
        ("no-credentials-sent", "FATA[0001] Authentication is required."),
        (
            "realm-not-trusted",
            "2014/11/20 08:05:51 HTTP code 401, Docker will not send auth headers over HTTP.",
        ),
        (
            "push-denied",
            '2014/06/01 You cannot push a "root" repository. Please rename your repository in <user>/<repo> (ex: octo/app)',
        ),
        ("invalid-reference", "Error: Invalid namespace name (Octo), only [a-z0-9_] are allowed"),
        (
            "timeout-overall",
            "Network timed out while trying to connect to https://registry.example.com/v1/repositories/octo/app/images. You may want to check your internet connection or if you are behind a proxy.",
        ),
        ("registry-unavailable", "FATA[0030] Could not reach any registry endpoint"),
        (
            "not-a-registry",
            "Error: registry endpoint https://www.example.com/v1/ does not appear to be a v1 registry",
        ),
        (
            "bad-credentials",
            "FATA[0005] Error response from daemon: no successful auth challenge for https://registry.example.com/v2/ - errors: []",
        ),
        ("repository-not-found", "Error: Server error: 404 trying to fetch remote history for octo/app"),
        ("pull-denied", "Error: Server error: 403 trying to fetch remote history for octo/app"),
        (
            "docker-not-running",
            "FATA[0000] Get http:///var/run/docker.sock/v1.18/info: dial unix /var/run/docker.sock: no such file or directory. Are you trying to connect to a TLS-enabled daemon without TLS?",
        ),
        ("not-a-tty", "cannot enable tty mode on non tty input"),
        ("account-locked", "Error: Account not active yet, see the mail that was sent to you"),
    ),
    "docker CLI": (
        (
            "tls-client-cert",
            'could not read CA certificate "/home/mona/.docker/ca.pem": open /home/mona/.docker/ca.pem: no such file or directory',
        ),
        (
            "tls-client-cert",
            "TLS configuration is invalid - make sure your DOCKER_TLS_VERIFY and DOCKER_CERT_PATH are set correctly.",
        ),
        (
            "docker-not-running",
            'error during connect: Post "http://docker:2375/v1.44/auth": dial tcp: lookup docker on 10.96.0.10:53: no such host',
        ),
        ("docker-not-running", "Docker Desktop is unable to start"),
        (
            "server-has-scheme",
            'invalid argument "https://registry.example.com/octo/app:1" for "-t, --tag" flag: invalid reference format',
        ),
        ("value-empty", "Error: Non-null Username Required"),
        ("value-empty", '"docker login" requires at most 1 argument.'),
        ("invalid-reference", '"docker pull" requires exactly 1 argument.'),
        ("client-library-incompatible", "unknown flag: --password-stdin"),
        (
            "client-library-incompatible",
            "Error response from daemon: [DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default",
        ),
        ("tag-not-found", "no such manifest: registry.example.com/octo/app:9"),
        ("pull-denied", "Error response from daemon: error from registry: denied"),
        ("pull-denied", 'Head "https://registry.example.com/v2/octo/app/manifests/1": denied'),
        ("repository-not-found", "octo/app: Pushing\nunknown: Not Found"),
        ("registry-unavailable", "unknown: Internal Server Error"),
        ("registry-unavailable", "ab12cd: Pushing\nblob upload unknown"),
        ("bad-credentials", "unknown: Authentication is required"),
        ("pull-denied", "Error response from daemon: unknown: Forbidden"),
        ("bad-credentials", 'error parsing HTTP 401 response body: unexpected end of JSON input: ""'),
        (
            "not-a-registry",
            "Error response from daemon: received unexpected HTTP status: 301 Moved Permanently",
        ),
        ("rate-limited", "unexpected status code 429"),
        (
            "registry-unavailable",
            'failed to push to destination index.docker.io/octo/app:1: UNKNOWN: "unknown error"',
        ),
        (
            "not-a-registry",
            "GET https://registry.example.com/users/sign_in: unexpected status code 200 OK: <!DOCTYPE html>",
        ),
        (
            "not-a-registry",
            "error pushing image: failed to push to destination registry.example.com/octo/app:1: unexpected end of JSON input",
        ),
        (
            "client-library-incompatible",
            "unexpected status from HEAD request to https://registry.example.com/v2/octo/app/manifests/1: 400 Bad Request",
        ),
        ("client-library-incompatible", "errors: manifest invalid: manifest invalid"),
        (
            "proxy-error",
            '{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match uploaded content"}]}',
        ),
        ("tcp-reset", "The push refers to repository [registry.example.com/octo/app]\nab12: Pushing\nEOF"),
        ("proxy-error", "filesystem layer verification failed for digest sha256:ab"),
    ),
    "credential helpers": (
        ("credential-helper-error", "Error: error getting username and password: exit status 1"),
        ("credential-helper-error", "Error: Command failed: docker-credential-wincred.exe get"),
        ("credential-helper-error", "ERROR: gcloud failed to load: cannot import name 'x'"),
        (
            "credential-helper-error",
            "[httpOci] Failed to query for 'registry.example.com' credential from 'docker-credential-secretservice': Error: bad output",
        ),
    ),
    "dev container CLI": (
        (
            "devcontainer-config-invalid",
            "Error: ENOENT: no such file or directory, open '/workspaces/app/.devcontainer/Dockerfile'",
        ),
        ("pull-denied", "Failed to download package for ghcr.io/octo/features/tool"),
    ),
    "AWS": (
        (
            "aws-no-credentials",
            "CredentialsError: Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1",
        ),
        (
            "aws-no-credentials",
            "CredentialsProviderError: Could not resolve credentials using profile: [octo]",
        ),
        (
            "aws-no-credentials",
            "operation error ECR: GetAuthorizationToken, get identity: get credentials: failed to refresh cached credentials, request canceled",
        ),
        (
            "aws-no-credentials",
            "It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission?",
        ),
        ("aws-expired-token", "error: Token has expired and refresh failed"),
        (
            "aws-invalid-access-key",
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'ab/cd/20260101/eu-west-1/ecr/aws4_request'",
        ),
        (
            "aws-invalid-access-key",
            "An error occurred (IncompleteSignatureException) when calling the GetAuthorizationToken operation: wrong",
        ),
        (
            "aws-access-denied",
            "Error: Could not assume role with OIDC: No OpenIDConnect provider found in your account for https://token.actions.example.com",
        ),
        (
            "aws-access-denied",
            "Error: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ),
        (
            "invalid-reference",
            "InvalidParameterException: Invalid parameter at 'imageTag' failed to satisfy constraint",
        ),
        (
            "no-credentials-sent",
            'public.ecr.aws/octo/app: {"errors":[{"code":"DENIED","message":"Not Authorized"}]}',
        ),
        (
            "aws-access-denied",
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed",
        ),
        ("client-library-incompatible", "Unknown options: --no-include-email"),
    ),
    "Azure": (
        (
            "azure-token-error",
            "ManagedIdentityCredential authentication unavailable. No identity has been assigned.",
        ),
        ("not-a-registry", "Registry 'contoso.azurecr.io' did not issue a challenge."),
        ("azure-token-error", "Error: aad retrieve token failed"),
        (
            "pull-denied",
            "Code=InaccessibleImage Message=The image 'octo/app:1' in container group 'web' is not accessible.",
        ),
        (
            "azure-token-error",
            "Error: Az CLI Login failed. Please check the credentials and make sure az is installed on the runner.",
        ),
        (
            "azure-token-error",
            "Login failed with Error: Using auth-type: SERVICE_PRINCIPAL. Not all values are present.",
        ),
        (
            "azure-token-error",
            "ERROR: The subscription of '00000000-0000-0000-0000-000000000000' doesn't exist in cloud 'AzureCloud'.",
        ),
        (
            "firewall-denied",
            "Looks like you don't have access to registry 'contoso.azurecr.io'. To see configured firewall rules, run 'az acr show'",
        ),
        (
            "bad-credentials",
            "Error: authentication required. Correlation ID: 00000000-0000-0000-0000-000000000000.",
        ),
    ),
    "Google": (
        (
            "invalid-reference",
            "Missing image name. Pushes should be of the form docker push HOST-NAME/PROJECT-ID/REPOSITORY/IMAGE",
        ),
        (
            "bad-credentials",
            "GET https://europe-docker.pkg.dev/v2/token?scope=repository%3Aocto%2Fapp%3Apull&service=: UNAUTHORIZED: authentication failed",
        ),
        (
            "gcp-not-configured",
            "google-github-actions/auth failed with: GitHub Actions did not inject $ACTIONS_ID_TOKEN_REQUEST_TOKEN or $ACTIONS_ID_TOKEN_REQUEST_URL into this job.",
        ),
        (
            "gcp-permission-denied",
            '{"error_description":"The given credential is rejected by the attribute condition."}',
        ),
        (
            "gcp-not-configured",
            "Request is missing required authentication credential. Expected OAuth 2 access token.",
        ),
        (
            "gcp-permission-denied",
            "denied: The caller does not have permission, europe-docker.pkg.dev/octo/app/web",
        ),
    ),
    "GitHub": (
        ("missing-scope", "Your token has not been granted the required scopes to execute this query."),
        ("repository-not-found", "denied: not_found: owner not found"),
        (
            "invalid-reference",
            "name unknown: docker image push is only supported with a tag of the format :owner/:repo_name/:image_name.",
        ),
    ),
    "other vendors": (
        (
            "firewall-denied",
            "403 ERROR The Amazon CloudFront distribution is configured to block access from your country.",
        ),
        ("client-library-incompatible", '{"error": "Invalid bearer token format"}'),
        (
            "account-locked",
            "[ERROR] [/core/auth/authenticator.go:146]: octo is locked due to login failure, login failed",
        ),
        ("push-denied", "denied: can not push artifact to a proxy project: mirror"),
        ("tag-not-found", "NOT_FOUND: artifact octo/app:9 not found"),
        ("bad-credentials", "Bad props auth token: invalid"),
        (
            "quota-exceeded",
            "Datastore disk usage is too high. Contact your Artifactory administrator to add additional storage space",
        ),
        (
            "push-denied",
            "Not enough permissions to delete/overwrite artifact 'docker-local/octo/app/1/manifest.json'",
        ),
        ("pull-denied", "403 REQUESTED ITEM IS QUARANTINED"),
        ("push-denied", "Deploying to groups is a PRO-licensed feature"),
        ("push-denied", "Garbage collection is in progress: the registry is currently in read-only mode"),
        (
            "token-kind-unsupported",
            "UNSUPPORTED: The requested authentication method is not supported. Run the `bx cr login` command.",
        ),
        ("pull-denied", "You are not authorized to access the specified account."),
        (
            "push-denied",
            "The push refers to repository [us.icr.io/octo/app]\nab12: Preparing\ndenied: insufficient scope",
        ),
        (
            "bad-credentials",
            "unauthorized: The login credentials are not valid, or your IBM Cloud account is not active.",
        ),
        ("missing-scope", "unauthorized: reqPackageAccess"),
        ("bad-credentials", "unauthorized: authGroup.Verify"),
    ),
    "Jib, buildpacks, docker-java": (
        (
            "realm-not-trusted",
            "Required credentials for 10.1.2.3:5000/octo/app were not sent because the connection was over HTTP",
        ),
        (
            "no-credentials-sent",
            "The credential helper (docker-credential-desktop) has nothing for server URL: registry.example.com",
        ),
        (
            "dns-not-found",
            "Build image failed, perhaps you should make sure that the registry you configured exists/is spelled properly",
        ),
        (
            "bad-credentials",
            "Build image failed, perhaps you should make sure your credentials for 'registry.example.com' are set up correctly.",
        ),
        (
            "push-denied",
            "ERROR: failed to : ensure registry read/write access to registry.example.com/octo/app:latest",
        ),
        (
            "pull-denied",
            "ERROR: failed to : ensure registry read access to registry.example.com/octo/run:latest",
        ),
        (
            "docker-permission-denied",
            "Connection to the Docker daemon at '/var/run/docker.sock' failed with error \"[13] Permission denied\"; ensure the Docker daemon is running and accessible",
        ),
        (
            "docker-not-running",
            "Connection to the Docker daemon at 'localhost' failed with error \"[2] No such file or directory\"; ensure the Docker daemon is running and accessible",
        ),
        ("docker-not-running", "Previous attempts to find a Docker environment failed. Will not retry."),
        (
            "pull-denied",
            "ContainerFetchException: Can't get Docker image: RemoteDockerImage(imageName=octo/app:1)",
        ),
        ("config-json-invalid", "DockerClientException: Failed to parse dockerCfgFile"),
        ("config-json-invalid", "java.io.IOException: Invalid Auth config file"),
        ("config-json-invalid", 'Unsupported entry in "auth" section of Docker config: {}'),
    ),
    "Helm, trivy, containerd, BuildKit": (
        (
            "credential-helper-error",
            'Error: GET "https://registry.example.com/v2/octo/charts/app/tags/list": unable to retrieve credentials',
        ),
        ("invalid-reference", "Error: invalid_reference: invalid tag"),
        (
            "tag-not-found",
            'Error: chart "app" version "9" not found in https://charts.example.com repository',
        ),
        (
            "not-a-registry",
            'Error: looks like "https://registry.example.com/charts" is not a valid chart repository or cannot be reached: failed to fetch',
        ),
        (
            "no-credentials-sent",
            'Get https://registry.example.com/v2/octo/app/manifests/1: http: non-successful response (status=401 body="")',
        ),
        (
            "pull-denied",
            'Get https://registry.example.com/v2/octo/app/manifests/1: http: non-successful response (status=403 body="")',
        ),
        (
            "tag-not-found",
            'Get https://registry.example.com/v2/octo/app/manifests/1: http: non-successful response (status=404 body="")',
        ),
        (
            "proxy-error",
            'failed commit on ref "layer-sha256:ab": unexpected commit digest sha256:cd, expected sha256:ab: failed precondition',
        ),
        ("image-platform-mismatch", "ctr: : manifest not found: not found"),
        ("client-library-incompatible", "ctr: no signatures"),
        ("invalid-reference", "ERROR: tag is needed when pushing to registry"),
        ("docker-not-running", "dial unix /run/buildkit/buildkitd.sock: connect: no such file or directory"),
        (
            "docker-not-running",
            "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
        ),
        (
            "client-library-incompatible",
            "ERROR: docker exporter does not currently support exporting manifest lists",
        ),
        (
            "registry-unavailable",
            "requests.exceptions.HTTPError: 502 Server Error: Bad for url: https://registry.example.com/v2/",
        ),
        (
            "registry-unavailable",
            "pinging container registry registry.example.com: invalid status code from registry 503 (no service)",
        ),
        ("pull-denied", "Source image rejected: A signature was required, but no signature exists"),
    ),
    "clusters and runners": (
        (
            "no-credentials-sent",
            "Warning  FailedToRetrieveImagePullSecret  kubelet  Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.",
        ),
        ("tag-not-found", 'Container image "octo/app:1" is not present with pull policy of Never'),
        ("tag-not-found", "app-5c9f   0/1     ErrImageNeverPull   0          5m"),
        ("registry-unavailable", "Warning  Failed  kubelet  Error: RegistryUnavailable"),
        (
            "invalid-reference",
            "short name mode is enforcing, but image name octo/app:1 returns ambiguous list",
        ),
        (
            "pull-denied",
            "image registry.example.com/octo/app:1 could not be accessed on a registry to record its digest. Each node will access it independently",
        ),
        ("tcp-timeout", "This container is having trouble accessing https://registry.k8s.io"),
        (
            "docker-api-mismatch",
            'validate CRI v1 image API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unimplemented desc = unknown service',
        ),
        (
            "pull-denied",
            'ERROR: Job failed: the "octo/app:1" image is not present on list of allowed images:',
        ),
        ("no-credentials-sent", "ERROR: Could not find credentials matching registry-login"),
        ("value-empty", "Error: Input required and not supplied: registry"),
    ),
    "connections": (
        ("proxy-auth-required", "Get https://registry.example.com/v2/: authenticationrequired"),
        ("proxy-error", 'Get "https://registry.example.com/v2/": Forbidden port'),
        (
            "tls-unknown-ca",
            "curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)",
        ),
        ("tls-unknown-ca", "The SSL connection could not be established, see inner exception."),
        ("tls-unknown-ca", "tls: failed to verify certificate: SecPolicyCreateSSL error: 0"),
        ("tls-unknown-ca", "x509: “registry.example.com” certificate is not standards compliant"),
        ("tls-client-cert", "local error: tls: no renegotiation"),
        ("tls-protocol", "remote error: tls: illegal parameter"),
        (
            "dns-failure",
            "lookup registry.example.com: getaddrinfow: This is usually a temporary error during hostname resolution and means that the local server did not receive a response.",
        ),
        (
            "dns-not-found",
            "lookup registry.example.com: getaddrinfow: The requested name is valid, but no data of the requested type was found.",
        ),
        ("tcp-refused", "net::ERR_CONNECTION_REFUSED"),
        ("tcp-reset", "net::ERR_CONNECTION_RESET"),
        ("tcp-reset", "net::ERR_CONNECTION_CLOSED"),
        ("tcp-timeout", "net::ERR_CONNECTION_TIMED_OUT"),
        ("dns-not-found", "net::ERR_NAME_NOT_RESOLVED"),
        ("network-unreachable", "net::ERR_INTERNET_DISCONNECTED"),
        ("tls-unknown-ca", "net::ERR_CERT_AUTHORITY_INVALID"),
        ("proxy-error", "net::ERR_TUNNEL_CONNECTION_FAILED"),
        ("tcp-reset", "java.net.SocketException: Connection reset"),
        ("tcp-reset", "curl: (35) Recv failure: Connection was reset"),
        ("tcp-reset", "java.net.SocketException: Unexpected end of file from server"),
        ("tcp-reset", "org.apache.http.NoHttpResponseException: registry.example.com:443 failed to respond"),
        ("tcp-reset", "Premature end of Content-Length delimited message body (expected: 9; received: 3)"),
        ("tcp-reset", "local error: tls: bad record MAC"),
        (
            "timeout-overall",
            "The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.",
        ),
        (
            "proxy-error",
            'net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00\\x00\\x12"',
        ),
        ("server-invalid", "dial tcp: address registry:example:5000: too many colons in address"),
        ("server-invalid", 'parse "https://registry.example.com:octo/v2/": invalid port ":octo" after host'),
        ("not-a-registry", 'Get "https://registry.example.com/v2/": stopped after 10 redirects'),
        ("network-unreachable", "dial tcp 203.0.113.7:443: connect: operation not permitted"),
    ),
    "other languages": (
        (
            "tcp-refused",
            "connectex: Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte.",
        ),
        (
            "tcp-refused",
            "connectex: Aucune connexion n’a pu être établie car l’ordinateur cible l’a expressément refusée.",
        ),
        (
            "tcp-refused",
            "connectex: No se puede establecer una conexión ya que el equipo de destino denegó expresamente dicha conexión.",
        ),
        (
            "tcp-refused",
            "connectex: Nenhuma conexão pôde ser feita porque a máquina de destino as recusou ativamente.",
        ),
        (
            "tcp-refused",
            "connectex: Impossibile stabilire la connessione. Rifiuto persistente del computer di destinazione.",
        ),
        (
            "tcp-refused",
            "connectex: Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение.",
        ),
        ("tcp-refused", "connectex: 由于目标计算机积极拒绝，无法连接。"),
        ("tcp-refused", "connectex: 対象のコンピューターによって拒否されたため、接続できませんでした。"),
        (
            "tcp-timeout",
            "connectex: Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat",
        ),
        (
            "tcp-timeout",
            "connectex: Une tentative de connexion a échoué car le parti connecté n’a pas répondu convenablement au-delà d’une certaine durée",
        ),
        (
            "tcp-timeout",
            "connectex: Se produjo un error durante el intento de conexión ya que la parte conectada no respondió adecuadamente tras un periodo de tiempo",
        ),
        (
            "tcp-timeout",
            "connectex: Uma tentativa de conexão falhou porque o componente conectado não respondeu corretamente após um período de tempo",
        ),
        (
            "tcp-timeout",
            "connectex: Impossibile stabilire la connessione. Risposta non corretta: la parte connessa non ha risposto correttamente dopo un certo periodo di tempo",
        ),
        (
            "tcp-timeout",
            "connectex: Попытка установить соединение была безуспешной, т.к. от другого компьютера за требуемое время не получен нужный отклик",
        ),
        ("tcp-timeout", "connectex: 由于连接方在一段时间后没有正确答复或连接的主机没有反应，连接尝试失败。"),
        (
            "tcp-timeout",
            "connectex: 接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかったため、接続できませんでした",
        ),
        ("dns-not-found", "getaddrinfow: Der angegebene Host ist unbekannt."),
        ("dns-not-found", "lookup registry.example.com: Hôte inconnu."),
        ("dns-not-found", "lookup registry.example.com: Host desconocido."),
        ("dns-not-found", "lookup registry.example.com: Este host não é conhecido."),
        ("dns-not-found", "lookup registry.example.com: Host sconosciuto."),
        ("dns-not-found", "lookup registry.example.com: Этот хост неизвестен."),
        ("dns-not-found", "lookup registry.example.com: 不知道这样的主机。"),
        ("dns-not-found", "lookup registry.example.com: そのようなホストは不明です。"),
        ("dns-not-found", "lookup registry.example.com: Host ist unbekannt."),
        ("docker-not-installed", "-bash: docker: Kommando nicht gefunden."),
        ("docker-not-installed", "'docker' n’est pas reconnu en tant que commande interne"),
        ("docker-not-installed", 'docker : Die Benennung "docker" wurde nicht als Name eines Cmdlet erkannt'),
    ),
    "shells, libraries, clouds": (
        (
            "tls-plain-http",
            "FATA[0001] Error response from daemon: v1 ping attempt failed. If this private registry supports only HTTP or HTTPS with an unknown CA certificate, please add --insecure-registry 192.0.2.5:5000",
        ),
        (
            "tls-plain-http",
            "docker.errors.DockerException: HTTPS endpoint unresponsive and insecure mode isn't enabled.",
        ),
        (
            "tcp-timeout",
            "curl: (28) Failed to connect to ghcr.io port 443 after 75002 ms: Couldn't connect to server",
        ),
        ("docker-permission-denied", "Caused by: connect(..) failed: Permission denied: /var/run/docker.so"),
        (
            "docker-permission-denied",
            "Docker API call to 'docker.example.com/v1.24/containers/create' failed with status code 403 \"Forbidden\"",
        ),
        (
            "token-expired",
            'Post "https://artifactregistry.googleapis.com/v1/projects/octo": oauth2: "invalid_grant" "Token has been expired or revoked."',
        ),
        ("gcp-not-configured", "java.io.IOException: The Application Default Credentials are not available."),
        (
            "set-incomplete",
            "Exception caught: Incomplete Docker registry authorization credentials. Please provide all of username, password, and email or none.",
        ),
        (
            "no-credentials-sent",
            "Container image 'registry.example.com/octo/app:1' does not exist or access is not authorized",
        ),
        (
            "config-json-invalid",
            "Error starting up: SyntaxError: Expected ',' or '}' in JSON at position 9 at JSON.parse (<anonymous>) at Manager.readDockerConfig",
        ),
        (
            "sso-not-authorized",
            "a step\n" * 9
            + "GET https://api.github.com/repos/octo/app: 403 Resource protected by organization SAML enforcement.",
        ),
        (
            "token-kind-unsupported",
            'Error: {"detail":"access to the resource is forbidden with personal access token"}',
        ),
        (
            "server-alias",
            "Import failed: unsupported: This repo requires terms acceptance and is only available on registry.redhat.io",
        ),
        ("pull-denied", 'Head "https://registry.example.com/v2/octo/app/manifests/1": denied: {"errors":[]}'),
        (
            "docker-not-running",
            "error during connect: in the default daemon configuration on Windows, the docker client must be run with elevated privileges to connect: open //./pipe/desktop: The system cannot find the file specified.",
        ),
        (
            "docker-not-running",
            "rootless containerd not running? (hint: use `containerd-rootless-setuptool.sh install`)",
        ),
        (
            "docker-not-running",
            "connect endpoint 'unix:///run/dockershim.sock', make sure you are running as root and the endpoint has been started",
        ),
        ("docker-not-installed", "make: docker: No such file or directory"),
        ("not-a-tty", "cannot attach stdin to a TTY-enabled container because stdin is not a terminal"),
        (
            "registry-unavailable",
            'writing blob: uploading layer to https://registry.example.com/v2/octo/app/blobs/uploads/9: StatusCode: 502, "<html>"',
        ),
        (
            "registry-unavailable",
            "unexpected http code: 500 (Internal Server Error), URL: https://auth.example.com/token",
        ),
        ("registry-unavailable", '{"errors":[{"code":"UNAVAILABLE","message":"service unavailable"}]}'),
        ("tag-not-found", "Error fetching image details: No manifest found for ghcr.io/octo/app:1."),
        ("aws-expired-token", "Error loading SSO Token: Token for octo does not exist"),
        (
            "gcp-bad-json-key",
            "google.auth.exceptions.MalformedError: Service account info was not in the expected format, missing fields token_uri.",
        ),
        (
            "firewall-denied",
            "Access to registry 'contoso.azurecr.io' was denied. Response code: 403. Please try running 'az acr login' again",
        ),
        (
            "docker-not-running",
            "java.io.FileNotFoundException: No such file or directory /var/run/docker.sock",
        ),
        ("docker-not-running", 'Client(SocketNotFoundError("/var/run/docker.sock"))'),
        (
            "docker-not-running",
            "aiodocker.exceptions.DockerError: Cannot connect to Docker Engine via tcp://192.0.2.2:2375",
        ),
        ("credential-helper-error", "security: SecKeychainItemCreate: User interaction is not allowed."),
        ("aws-no-credentials", "EC2RoleRequestError: no EC2 instance role found"),
        ("firewall-denied", "This image is blocked by Registry Access Management"),
        ("proxy-error", "curl: (56) CONNECT tunnel failed, response 502"),
        ("proxy-error", "Error: tunneling socket could not be established, cause=connect EPIPE"),
        ("proxy-error", 'proxy: unsupported protocol scheme "ftp"'),
        ("tls-client-cert", "could not load client cert for https://registry.example.com/v2/"),
        (
            "tls-hostname-mismatch",
            "java.security.cert.CertificateException: No subject alternative names present",
        ),
        ("tls-not-yet-valid", "java.security.cert.CertificateNotYetValidException: NotBefore: Fri Jan 01"),
        (
            "tls-unknown-ca",
            "System.Security.Authentication.AuthenticationException: PartialChain, UntrustedRoot",
        ),
        ("tls-unknown-ca", "invalid peer certificate: UnknownIssuer"),
        ("tls-unknown-ca", "javax.net.ssl.SSLHandshakeException: Received fatal alert: unknown_ca"),
        ("tls-unknown-ca", "SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca"),
        ("tcp-reset", "http2: server sent GOAWAY and closed the connection"),
        ("tcp-reset", "http2: client connection lost"),
        (
            "tcp-timeout",
            "requests.exceptions.ConnectTimeout: HTTPSConnectionPool(host='registry.example.com', port=443)",
        ),
        ("tcp-timeout", "Error: connection timeout to registry.example.com"),
        (
            "timeout-overall",
            "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='registry.example.com', port=443)",
        ),
        (
            "timeout-overall",
            "ERROR: An HTTP request took too long to complete. Retry with --verbose to obtain debug information.",
        ),
        ("server-invalid", 'invalid character "_" in host name'),
        ("realm-not-trusted", 'refusing token-server redirect from "https" to "http"'),
        ("tag-not-found", "Error: registry.example.com/octo/app: image not known"),
        ("docker-permission-denied", "dial unix /var/run/docker.sock: connect: permission d"),
        ("timeout-overall", "docker push: java.net.SocketTimeoutException: Read timed out"),
        ("sso-not-authorized", "docker pull: forbidden, SAML single sign-on comes first"),
    ),
}
"""Of each family of programs the texts, each with the cause that it shows."""
