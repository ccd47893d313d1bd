"""A thousand ordinary texts with no registry failure in them, gathered and generated when a test asks.

About 400 are windows of what the running interpreter has installed (sources, METADATA, licences), the
others are logs of programs that succeed, or that fail at something which has nothing to do with a registry.
All of it comes from one seed: the same environment gives the same texts.

Kept out, because one may argue about them: hosts that are no registries but cannot be reached (names that do
not resolve, refused and timed-out connections, certificates), a full disk, an Engine that does not run. A
tool that names such a cause is not wrong, only beside its subject.

Kept in, though they are hard, since no text of this kind shows a failure:

* pages about `docker login` that mention "denied" or "unauthorized" in passing. Nobody's login failed there:
  a sentence of advice is no report, and nothing is what they should be explained by. They are few (`PAGES`).
* access logs with 401, 403, 404 and 500, a registry's own among them: its 401 to a first request is the
  challenge.
* refusals by somebody else: sshd, PostgreSQL, an npm registry, a web application's login.
"""
# ruff: noqa: E501  # a line of a log stands on one line

from __future__ import annotations

import importlib.metadata
import os
import random
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COUNT = 1000
FROM_FILES = 400
SEED = 20260211

# Files whose very subject is a registry's or the Engine's refusal: their literals are the messages to be
# recognised, so a window of them is no fair example of an ordinary text.
_ABOUT_REGISTRIES = (
    "regdoctor",
    "docker/api/client.py",
    "docker/api/image.py",
    "docker/auth.py",
    "docker/credentials",
    "docker/errors.py",
    "docker/tls.py",
    "botocore/credentials.py",
    "botocore/exceptions.py",
    "botocore/signers.py",
    "moto/core",
    "moto/ecr",
    "moto/iam",
    "moto/sts",
)
# The same for messages of connections in general: names, TLS, proxies.
_ABOUT_CONNECTIONS = (
    "requests/",
    "responses/",
    "ssl.py",
    "test/",
    "urllib3/",
    "lib2to3/tests",
    "idlelib/idle_test",
)


@dataclass(frozen=True)
class Text:
    """One text and where it comes from."""

    name: str
    text: str


def texts() -> list[Text]:
    """All of them, in a fixed order."""
    rng = random.Random(SEED)
    found = [*_from_files(rng, FROM_FILES), *PAGES]
    makers = list(_MAKERS)
    number = 0
    while len(found) < COUNT:
        make = makers[number % len(makers)]
        found.append(Text(f"{make.__name__.strip('_')} {number // len(makers) + 1}", make(rng)))
        number += 1
    return found


# ---------------------------------------------------------------------------------------------- files


def _from_files(rng: random.Random, count: int) -> list[Text]:
    documents, sources = sorted(_documents()), sorted(_sources())
    assert documents, "no installed package has metadata"
    assert sources, "the interpreter has no sources"
    found: list[Text] = []
    while len(found) < count:
        shown, path = rng.choice(documents) if len(found) % 4 == 0 else rng.choice(sources)
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read(400_000).splitlines()
        if len(lines) < 3:
            continue
        length = rng.choice((4, 12, 40, 90, 200))
        start = rng.randrange(max(1, len(lines) - length))
        found.append(Text(f"{shown} from line {start + 1}", "\n".join(lines[start : start + length]) + "\n"))
    return found


def _documents() -> Iterator[tuple[str, str]]:
    """The METADATA (it holds the README) and the licences of the installed packages."""
    for distribution in importlib.metadata.distributions():
        for file in distribution.files or ():
            shown = str(file)
            document = (
                file.name == "METADATA" or "LICEN" in file.name.upper() or "README" in file.name.upper()
            )
            if ".dist-info" in shown and document and not shown.startswith("regdoctor"):
                path = str(distribution.locate_file(file))
                if os.path.isfile(path):
                    yield shown, path


def _sources() -> Iterator[tuple[str, str]]:
    """Python files of the standard library and of the installed packages."""
    paths = sysconfig.get_paths()
    for root in (paths["stdlib"], paths["purelib"]):
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in ("__pycache__", "site-packages"))
            for name in files:
                path = os.path.join(folder, name)
                shown = os.path.relpath(path, root).replace(os.sep, "/")
                if name.endswith(".py") and not shown.startswith((*_ABOUT_REGISTRIES, *_ABOUT_CONNECTIONS)):
                    yield shown, path


# -------------------------------------------------------------------------------------------- material

_WORDS = (
    "ledger",
    "portal",
    "worker",
    "queue",
    "vision",
    "atlas",
    "beacon",
    "cobalt",
    "delta",
    "ember",
    "falcon",
    "garnet",
    "harvest",
    "indigo",
    "juniper",
    "kestrel",
    "lumen",
    "meadow",
    "nimbus",
    "orchid",
    "pepper",
    "quartz",
    "raven",
    "saffron",
    "timber",
    "umber",
    "velvet",
    "willow",
    "yarrow",
    "zephyr",
)
_PEOPLE = (
    "anna",
    "bela",
    "chen",
    "dora",
    "emil",
    "fatma",
    "goran",
    "hana",
    "ivan",
    "jana",
    "kofi",
    "lena",
    "mira",
    "nils",
    "omar",
    "petra",
)
_HUB = ("node", "python", "postgres", "redis", "nginx", "debian", "golang", "alpine")
_REGISTRIES = (
    "ghcr.io/brightforge",
    "quay.io/brightforge",
    "registry.gitlab.com/tessella",
    "brightforge.azurecr.io",
    "210987654321.dkr.ecr.eu-west-1.amazonaws.com",
    "europe-west4-docker.pkg.dev/norwind-prod/apps",
    "images.tessella.example",
)


def _hex(rng: random.Random, length: int) -> str:
    return "".join(rng.choice("0123456789abcdef") for _ in range(length))


def _word(rng: random.Random) -> str:
    return rng.choice(_WORDS)


def _image(rng: random.Random) -> str:
    return f"{rng.choice(_REGISTRIES)}/{_word(rng)}:{rng.randrange(1, 60)}"


def _clock(rng: random.Random) -> str:
    return f"{rng.randrange(24):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}"


def _day(rng: random.Random) -> str:
    return f"2026-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"


def _stamp(rng: random.Random) -> str:
    return f"{_day(rng)}T{_clock(rng)}.{rng.randrange(1000):03d}Z"


def _address(rng: random.Random) -> str:
    return f"198.51.100.{rng.randrange(1, 255)}"


def _some(rng: random.Random, low: int, high: int) -> range:
    return range(rng.randrange(low, high))


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------- containers: all goes well


def _docker_pull(rng: random.Random) -> str:
    image = _image(rng)
    tag = image.rsplit(":", 1)[1]
    lines = [f"$ docker pull {image}", f"{tag}: Pulling from {image.split('/', 1)[1].rsplit(':', 1)[0]}"]
    layers = [_hex(rng, 12) for _ in _some(rng, 2, 9)]
    lines += [f"{layer}: Pulling fs layer" for layer in layers]
    for layer in layers:
        lines += [
            f"{layer}: {state}" for state in ("Verifying Checksum", "Download complete", "Pull complete")
        ]
    digest = _hex(rng, 64)
    return _text([*lines, f"Digest: sha256:{digest}", f"Status: Downloaded newer image for {image}", image])


def _docker_push(rng: random.Random) -> str:
    image = _image(rng)
    lines = [f"The push refers to repository [{image.rsplit(':', 1)[0]}]"]
    for _ in _some(rng, 2, 8):
        layer = _hex(rng, 12)
        lines += [
            f"{layer}: Preparing",
            f"{layer}: Waiting",
            f"{layer}: {rng.choice(('Pushed', 'Layer already exists'))}",
        ]
    return _text(
        [*lines, f"{rng.randrange(60)}: digest: sha256:{_hex(rng, 64)} size: {rng.randrange(500, 4000)}"]
    )


def _docker_login(rng: random.Random) -> str:
    host = rng.choice(_REGISTRIES).split("/")[0]
    lines = [
        f"$ echo ${_word(rng).upper()}_TOKEN | docker login {host} -u {rng.choice(_PEOPLE)} --password-stdin"
    ]
    if rng.random() < 0.6:
        lines += [
            "",
            f"WARNING! Your credentials are stored unencrypted in '/home/{rng.choice(_PEOPLE)}/.docker/config.json'.",
            "Configure a credential helper to remove this warning. See",
            "https://docs.docker.com/go/credential-store/",
            "",
        ]
    return _text([*lines, "Login Succeeded"])


def _docker_build_classic(rng: random.Random) -> str:
    steps = [
        f"FROM {rng.choice(_HUB)}:{rng.randrange(8, 24)}",
        "WORKDIR /srv",
        "COPY . .",
        "RUN make install",
    ]
    steps += [f"ENV {_word(rng).upper()}={rng.randrange(99)}" for _ in _some(rng, 1, 6)]
    lines = [f"Sending build context to Docker daemon  {rng.randrange(2, 900)}.{rng.randrange(99)}kB"]
    for number, step in enumerate(steps, 1):
        lines += [
            f"Step {number}/{len(steps)} : {step}",
            f" ---> Running in {_hex(rng, 12)}",
            f" ---> {_hex(rng, 12)}",
        ]
    return _text([*lines, f"Successfully built {_hex(rng, 12)}", f"Successfully tagged {_word(rng)}:latest"])


def _buildkit(rng: random.Random) -> str:
    image = _image(rng)
    lines = [
        f'#0 building with "builder-{_hex(rng, 8)}" instance using docker-container driver',
        "#1 [internal] load build definition from Dockerfile",
        f"#1 transferring dockerfile: {rng.randrange(200, 4000)}B done",
        "#1 DONE 0.0s",
        f"#2 [auth] {image.split('/', 1)[1].rsplit(':', 1)[0]}:pull token for {image.split('/')[0]}",
        "#2 DONE 0.0s",
        f"#3 [internal] load metadata for {image}",
        f"#3 DONE {rng.randrange(1, 5)}.{rng.randrange(9)}s",
    ]
    for number in range(4, 4 + rng.randrange(3, 14)):
        lines.append(f"#{number} [build {number}/20] RUN ./scripts/{_word(rng)}.sh")
        lines += [
            f"#{number} {rng.randrange(60)}.{rng.randrange(999):03d} {_word(rng)}: ok"
            for _ in _some(rng, 0, 6)
        ]
        lines.append(f"#{number} {rng.choice(('CACHED', f'DONE {rng.randrange(90)}.1s'))}")
    return _text(
        [
            *lines,
            "#30 exporting to image",
            "#30 exporting layers done",
            f"#30 pushing layers {rng.randrange(1, 40)}.0s done",
            f"#30 pushing manifest for {_image(rng)}@sha256:{_hex(rng, 64)} 0.6s done",
            f"#30 DONE {rng.randrange(2, 50)}.3s",
        ]
    )


def _compose_up(rng: random.Random) -> str:
    project = _word(rng)
    lines = [
        f"[+] Running {rng.randrange(3, 9)}/{rng.randrange(3, 9)}",
        f" ✔ Network {project}_default  Created  0.1s",
    ]
    names = rng.sample(_WORDS, rng.randrange(2, 6))
    lines += [
        f" ✔ Container {project}-{name}-1  {rng.choice(('Started', 'Healthy', 'Running'))}  0.{n}s"
        for n, name in enumerate(names)
    ]
    lines += [f"{name}-1  | {_stamp(rng)} listening on 0.0.0.0:{rng.randrange(3000, 9000)}" for name in names]
    return _text([*lines, f"{names[0]}-1 exited with code 0"])


def _podman(rng: random.Random) -> str:
    image = _image(rng)
    lines = [f"Trying to pull {image}...", "Getting image source signatures"]
    lines += [
        f"Copying blob {_hex(rng, 12)} {rng.choice(('done   | ', 'skipped: already exists  '))}"
        for _ in _some(rng, 2, 9)
    ]
    return _text(
        [
            *lines,
            f"Copying config {_hex(rng, 10)} done   | ",
            "Writing manifest to image destination",
            _hex(rng, 64),
        ]
    )


def _docker_listings(rng: random.Random) -> str:
    lines = ["REPOSITORY                              TAG       IMAGE ID       CREATED        SIZE"]
    lines += [
        f"{_image(rng).rsplit(':', 1)[0]:<40}{rng.randrange(60):<10}{_hex(rng, 12)}   {rng.randrange(2, 30)} days ago    {rng.randrange(20, 900)}MB"
        for _ in _some(rng, 3, 14)
    ]
    lines += ["", "CONTAINER ID   IMAGE     COMMAND     STATUS                      PORTS     NAMES"]
    lines += [
        f'{_hex(rng, 12)}   {_word(rng)}    "/init"    {rng.choice(("Up 3 hours", "Exited (1) 2 days ago", "Restarting (1) 4 seconds ago"))}             {_word(rng)}'
        for _ in _some(rng, 2, 8)
    ]
    return _text(lines)


def _docker_info(rng: random.Random) -> str:
    return _text(
        [
            "Client: Docker Engine - Community",
            f" Version:    {rng.randrange(23, 30)}.{rng.randrange(4)}.{rng.randrange(9)}",
            " Context:    default",
            "Server:",
            f" Containers: {rng.randrange(40)}",
            " Storage Driver: overlay2",
            " Cgroup Driver: systemd",
            f" Total Memory: {rng.randrange(2, 64)}.1GiB",
            " HTTP Proxy: http.docker.internal:3128",
            " Registry: https://index.docker.io/v1/",
            " Insecure Registries:",
            "  ::1/128",
            "  127.0.0.0/8",
            " Live Restore Enabled: false",
            *rng.sample(
                [
                    "WARNING: No swap limit support",
                    "WARNING: bridge-nf-call-iptables is disabled",
                    "WARNING: No blkio throttle.read_bps_device support",
                ],
                rng.randrange(3),
            ),
        ]
    )


def _dockerd_journal(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 5, 30):
        message = rng.choice(
            (
                "Loading containers: start.",
                "Loading containers: done.",
                "API listen on /run/docker.sock",
                "Daemon has completed initialization",
                f"ignoring event container={_hex(rng, 64)} module=libcontainerd namespace=moby topic=/tasks/delete",
                f"Container failed to exit within 10s of signal 15 - using the force container={_hex(rng, 64)}",
                "Default bridge (docker0) is assigned with an IP address 172.17.0.0/16",
            )
        )
        level = rng.choice(("info", "info", "warning"))
        lines.append(
            f'Feb 11 {_clock(rng)} {_word(rng)} dockerd[{rng.randrange(500, 4000)}]: time="{_stamp(rng)}" level={level} msg="{message}"'
        )
    return _text(lines)


def _kubelet_events(rng: random.Random) -> str:
    image, pod = _image(rng), f"{_word(rng)}-{_hex(rng, 9)}-{_hex(rng, 5)}"
    lines = [
        "Events:",
        "  Type     Reason     Age   From               Message",
        "  ----     ------     ----  ----               -------",
        f"  Normal   Scheduled  {rng.randrange(60)}s   default-scheduler  Successfully assigned {_word(rng)}/{pod} to node-{rng.randrange(9)}",
        f'  Normal   Pulling    50s   kubelet            Pulling image "{image}"',
        f'  Normal   Pulled     44s   kubelet            Successfully pulled image "{image}" in {rng.randrange(1, 30)}.{rng.randrange(999)}s (6.1s including waiting). Image size: {rng.randrange(10**7, 10**9)} bytes.',
        f"  Normal   Created    44s   kubelet            Created container: {_word(rng)}",
        f"  Normal   Started    43s   kubelet            Started container {_word(rng)}",
    ]
    more = [
        f"  Warning  Unhealthy  20s   kubelet            Readiness probe failed: HTTP probe failed with statuscode: {rng.choice((401, 403, 500, 503))}",
        f"  Warning  BackOff    11s   kubelet            Back-off restarting failed container {_word(rng)} in pod {pod}",
        f'  Normal   Pulled     9s    kubelet            Container image "{image}" already present on machine',
        "  Warning  FailedScheduling  5m  default-scheduler  0/4 nodes are available: 4 Insufficient cpu.",
    ]
    return _text([*lines, *rng.sample(more, rng.randrange(4))])


def _kubectl_pods(rng: random.Random) -> str:
    lines = ["NAMESPACE     NAME                              READY   STATUS             RESTARTS   AGE"]
    states = ("Running", "Running", "Completed", "CrashLoopBackOff", "Pending", "OOMKilled", "Terminating")
    lines += [
        f"{_word(rng):<14}{_word(rng)}-{_hex(rng, 9)}-{_hex(rng, 5)}      1/1     {rng.choice(states):<19}{rng.randrange(9)}          {rng.randrange(1, 99)}d"
        for _ in _some(rng, 4, 25)
    ]
    return _text(lines)


def _kubernetes_yaml(rng: random.Random) -> str:
    name, image = _word(rng), _image(rng)
    return _text(
        [
            "apiVersion: apps/v1",
            "kind: Deployment",
            "metadata:",
            f"  name: {name}",
            "spec:",
            f"  replicas: {rng.randrange(1, 9)}",
            "  template:",
            "    spec:",
            "      imagePullSecrets:",
            f"        - name: {name}-registry",
            "      containers:",
            f"        - name: {name}",
            f"          image: {image}",
            f"          imagePullPolicy: {rng.choice(('Always', 'IfNotPresent', 'Never'))}",
            "          env:",
            f"            - name: {_word(rng).upper()}_TIMEOUT",
            f'              value: "{rng.randrange(1, 60)}s"',
            "---",
            "apiVersion: v1",
            "kind: Secret",
            "type: kubernetes.io/dockerconfigjson",
            "metadata:",
            f"  name: {name}-registry",
        ]
    )


def _actions_success(rng: random.Random) -> str:
    image = _image(rng)
    lines = [
        "##[group]Run docker/login-action@v3",
        "with:",
        f"  registry: {image.split('/')[0]}",
        f"  username: {rng.choice(_PEOPLE)}",
        "  password: ***",
        "  logout: true",
        "##[endgroup]",
        f"Logging into {image.split('/')[0]}...",
        "Login Succeeded!",
        "##[group]Run docker/build-push-action@v6",
        f"  tags: {image}",
        "##[endgroup]",
        *[f"#{n} {_hex(rng, 12)} DONE 0.{n}s" for n in _some(rng, 4, 30)],
        "##[warning]Node.js 16 actions are deprecated.",
        "Post job cleanup.",
        f"Removing login credentials for {image.split('/')[0]}",
        "Cleaning up orphan processes",
    ]
    return _text([f"{_stamp(rng)} {line}" for line in lines])


def _creation_success(rng: random.Random) -> str:
    lines = [
        "=================================================================================",
        "Configuration starting...",
        "Cloning...",
        "Creating container...",
        f"$ devcontainer up --id-label Type=codespaces --workspace-folder /var/lib/docker/codespacemount/workspace/{_word(rng)}",
        "#1 [internal] load build definition from Dockerfile-with-features",
        "#1 DONE 0.0s",
        f"#4 [dev_containers_target_stage 1/{rng.randrange(4, 9)}] RUN mkdir -p /tmp/dev-container-features",
        "#4 CACHED",
        f"Stop ({rng.randrange(200, 90000)} ms): Run: docker buildx build --load",
        "Outcome: success User: vscode WorkspaceFolder: /workspaces/app",
        "devContainersSpecCLI.js: process exited with exit code 0",
        "Running postCreateCommand...",
        *[f"added {rng.randrange(900)} packages in {rng.randrange(60)}s" for _ in _some(rng, 1, 5)],
        "Finished configuring codespace.",
    ]
    return _text([f"{_day(rng)} {_clock(rng)}.{rng.randrange(1000):03d}Z: {line}" for line in lines])


def _devcontainer_json(rng: random.Random) -> str:
    return _text(
        [
            "{",
            f'  "name": "{_word(rng)}",',
            f'  "image": "{_image(rng)}",',
            '  "features": {',
            f'    "ghcr.io/devcontainers/features/{rng.choice(("node", "go", "python", "docker-in-docker"))}:1": {{}}',
            "  },",
            f'  "forwardPorts": [{rng.randrange(3000, 9999)}],',
            f'  "postCreateCommand": "make {_word(rng)}",',
            '  "remoteUser": "vscode"',
            "}",
        ]
    )


# ----------------------------------------------------------------- builds and tests, red and green


def _npm(rng: random.Random) -> str:
    lines = [
        f"npm warn deprecated {_word(rng)}@{rng.randrange(9)}.{rng.randrange(9)}.0: This module is not supported"
        for _ in _some(rng, 1, 6)
    ]
    if rng.random() < 0.5:
        name = f"@{_word(rng)}/{_word(rng)}"
        return _text(
            [
                *lines,
                "npm ERR! code E404",
                f"npm ERR! 404 Not Found - GET https://registry.npmjs.org/{name.replace('/', '%2f')} - Not found",
                "npm ERR! 404 ",
                f"npm ERR! 404  '{name}@^{rng.randrange(9)}.0.0' is not in this registry.",
                "npm ERR! 404 Note that you can also install from a tarball, folder, http url, or git folder.",
                f"npm ERR! A complete log of this run can be found in: /root/.npm/_logs/{_stamp(rng).replace(':', '_')}-debug-0.log",
            ]
        )
    return _text(
        [
            *lines,
            f"added {rng.randrange(20, 1900)} packages, and audited {rng.randrange(1900, 3000)} packages in {rng.randrange(2, 90)}s",
            f"{rng.randrange(2, 30)} vulnerabilities (4 moderate, 2 high)",
            "Run `npm audit` for details.",
        ]
    )


def _pip(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 3, 14):
        name = _word(rng)
        lines += [
            f"Collecting {name}>={rng.randrange(9)}.{rng.randrange(9)}",
            f"  Downloading {name}-{rng.randrange(9)}.{rng.randrange(9)}.0-py3-none-any.whl ({rng.randrange(9, 900)} kB)",
        ]
    if rng.random() < 0.5:
        name = _word(rng)
        return _text(
            [
                *lines,
                f"ERROR: Could not find a version that satisfies the requirement {name}==99 (from versions: 1.0, 1.1)",
                f"ERROR: No matching distribution found for {name}==99",
            ]
        )
    return _text(
        [
            *lines,
            "Installing collected packages: " + ", ".join(rng.sample(_WORDS, 4)),
            "Successfully installed " + " ".join(f"{w}-1.0" for w in rng.sample(_WORDS, 4)),
        ]
    )


def _apt(rng: random.Random) -> str:
    lines = [
        f"Get:{n} http://deb.debian.org/debian bookworm/main amd64 {_word(rng)} amd64 {rng.randrange(9)}.{rng.randrange(99)}-1 [{rng.randrange(5, 900)} kB]"
        for n in range(1, rng.randrange(4, 20))
    ]
    lines += [
        f"Selecting previously unselected package {_word(rng)}.",
        f"Setting up {_word(rng)} ({rng.randrange(9)}.2-1) ...",
    ]
    if rng.random() < 0.3:
        lines.append(f"E: Unable to locate package lib{_word(rng)}-dev")
    return _text(["Reading package lists...", *lines, "Processing triggers for libc-bin (2.36-9) ..."])


def _cargo(rng: random.Random) -> str:
    lines = [
        f"   Compiling {_word(rng)} v0.{rng.randrange(40)}.{rng.randrange(9)}" for _ in _some(rng, 4, 25)
    ]
    if rng.random() < 0.5:
        return _text(
            [
                *lines,
                "error[E0382]: borrow of moved value: `token`",
                f"  --> src/{_word(rng)}.rs:{rng.randrange(400)}:17",
                "   |",
                "41 |     drop(token);",
                "   |          ----- value moved here",
                "",
                f"error: could not compile `{_word(rng)}` (lib) due to 1 previous error",
            ]
        )
    return _text(
        [*lines, f"    Finished `release` profile [optimized] target(s) in {rng.randrange(5, 90)}.4s"]
    )


def _go_test(rng: random.Random) -> str:
    package = f"norwind.example/{_word(rng)}"
    lines = [f"ok  \t{package}/{_word(rng)}\t0.{rng.randrange(999):03d}s" for _ in _some(rng, 2, 14)]
    name = _word(rng).title()
    if rng.random() < 0.6:
        lines += [
            f"--- FAIL: Test{name} (0.0{rng.randrange(9)}s)",
            f"    {_word(rng)}_test.go:{rng.randrange(9, 400)}: got {rng.randrange(99)}, want {rng.randrange(99)}",
            "FAIL",
            f"FAIL\t{package}/{_word(rng)}\t0.011s",
            "FAIL",
        ]
    return _text(lines)


def _maven(rng: random.Random) -> str:
    lines = ["[INFO] Scanning for projects...", f"[INFO] Building {_word(rng)} {rng.randrange(9)}.0-SNAPSHOT"]
    lines += [
        f"[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/org/{_word(rng)}/{_word(rng)}.pom ({rng.randrange(1, 90)} kB at {rng.randrange(90, 900)} kB/s)"
        for _ in _some(rng, 2, 14)
    ]
    if rng.random() < 0.5:
        cls = _word(rng).title()
        return _text(
            [
                *lines,
                f"[ERROR] /build/src/main/java/{cls}.java:[{rng.randrange(400)},{rng.randrange(60)}] cannot find symbol",
                f"  symbol:   class {_word(rng).title()}Client",
                "[INFO] BUILD FAILURE",
                "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project app: Compilation failure -> [Help 1]",
            ]
        )
    return _text(
        [
            *lines,
            f"[INFO] Tests run: {rng.randrange(9, 900)}, Failures: 0, Errors: 0, Skipped: {rng.randrange(9)}",
            "[INFO] BUILD SUCCESS",
        ]
    )


def _pytest(rng: random.Random) -> str:
    tests = [
        f"tests/test_{_word(rng)}.py {'.' * rng.randrange(3, 60)} [{n}%]"
        for n in sorted(rng.sample(range(1, 99), rng.randrange(2, 12)))
    ]
    name, left, right = _word(rng), rng.choice((200, 302, 404)), rng.choice((401, 403, 500))
    return _text(
        [
            "============================= test session starts ==============================",
            f"platform linux -- Python 3.12.{rng.randrange(9)}, pytest-8.3.{rng.randrange(9)}, pluggy-1.5.0",
            f"collected {rng.randrange(20, 900)} items",
            "",
            *tests,
            "=================================== FAILURES ===================================",
            f"_______________________________ test_{name}_answers _______________________________",
            f"    def test_{name}_answers(client):",
            f"        response = client.get('/{name}')",
            f">       assert response.status_code == {left}",
            f"E       assert {right} == {left}",
            f"E        +  where {right} = <Response [{right}]>.status_code",
            f"tests/test_{name}.py:{rng.randrange(9, 200)}: AssertionError",
            f"FAILED tests/test_{name}.py::test_{name}_answers - assert {right} == {left}",
            f"=================== 1 failed, {rng.randrange(20, 900)} passed in {rng.randrange(1, 99)}.2s ===================",
        ]
    )


def _jest(rng: random.Random) -> str:
    name = _word(rng)
    return _text(
        [
            *[f"PASS src/{_word(rng)}.test.ts" for _ in _some(rng, 2, 12)],
            f"FAIL src/{name}.test.tsx",
            f"  ● {name} › refuses a user without the role",
            "",
            "    expect(received).toBe(expected) // Object.is equality",
            "",
            f'    Expected: "{rng.choice(("Access denied", "Not allowed", "Forbidden"))}"',
            "    Received: undefined",
            "",
            f"      at Object.<anonymous> (src/{name}.test.tsx:{rng.randrange(200)}:31)",
            "",
            f"Tests:       1 failed, {rng.randrange(20, 400)} passed, {rng.randrange(400, 500)} total",
        ]
    )


def _compilers(rng: random.Random) -> str:
    lines = [
        rng.choice(
            (
                f"src/{_word(rng)}.ts({rng.randrange(400)},{rng.randrange(80)}): error TS2322: Type 'string' is not assignable to type 'number'.",
                f"src/{_word(rng)}.c:{rng.randrange(400)}:9: warning: unused variable '{_word(rng)}' [-Wunused-variable]",
                f'{_word(rng)}.py:{rng.randrange(400)}: error: Incompatible return value type (got "None", expected "str")  [return-value]',
                f"  {rng.randrange(400)}:{rng.randrange(80)}  error  '{_word(rng)}' is defined but never used  no-unused-vars",
                f"./{_word(rng)}.go:{rng.randrange(400)}:2: undefined: {_word(rng)}",
            )
        )
        for _ in _some(rng, 3, 20)
    ]
    return _text([*lines, f"Found {len(lines)} problems."])


def _traceback(rng: random.Random) -> str:
    lines = ["Traceback (most recent call last):"]
    for _ in _some(rng, 2, 9):
        lines += [
            f'  File "/srv/{_word(rng)}/{_word(rng)}.py", line {rng.randrange(900)}, in {_word(rng)}',
            f"    return self.{_word(rng)}(request, *args)",
        ]
    lines.append(
        rng.choice(
            (
                "KeyError: 'image'",
                "ValueError: not enough values to unpack (expected 2, got 1)",
                "PermissionError: [Errno 13] Permission denied: '/var/log/app.log'",
                "AttributeError: 'NoneType' object has no attribute 'login'",
                "ZeroDivisionError: division by zero",
            )
        )
    )
    return _text(lines)


def _java_trace(rng: random.Random) -> str:
    lines = [
        f"{_day(rng)} {_clock(rng)},{rng.randrange(1000):03d} ERROR [main] org.{_word(rng)}.{_word(rng).title()} - request failed",
        rng.choice(
            (
                'java.lang.NullPointerException: Cannot invoke "Object.toString()" because "value" is null',
                "java.lang.IllegalArgumentException: No enum constant Role.ADMIN",
                "org.springframework.security.access.AccessDeniedException: Access is denied",
            )
        ),
    ]
    lines += [
        f"\tat org.{_word(rng)}.{_word(rng)}.{_word(rng).title()}.run({_word(rng).title()}.java:{rng.randrange(900)})"
        for _ in _some(rng, 4, 30)
    ]
    return _text(lines)


def _terraform(rng: random.Random) -> str:
    name = _word(rng)
    return _text(
        [
            "Terraform will perform the following actions:",
            "",
            f"  # {rng.choice(('aws_ecr_repository', 'azurerm_container_registry', 'google_artifact_registry_repository'))}.{name} will be created",
            f'  + resource "container_registry" "{name}" {{',
            "      + admin_enabled        = false",
            '      + image_tag_mutability = "IMMUTABLE"',
            f'      + name                 = "{name}"',
            "      + public_network_access_enabled = false",
            "    }",
            "",
            f"Plan: {rng.randrange(1, 9)} to add, {rng.randrange(4)} to change, {rng.randrange(3)} to destroy.",
        ]
    )


def _git(rng: random.Random) -> str:
    lines = [
        f"remote: Enumerating objects: {rng.randrange(9, 9000)}, done.",
        f"remote: Total {rng.randrange(9, 9000)} (delta {rng.randrange(900)}), reused 0 (delta 0)",
        f"From https://git.norwind.example/{_word(rng)}",
        f"   {_hex(rng, 7)}..{_hex(rng, 7)}  main -> origin/main",
    ]
    lines += [
        rng.choice(
            (
                "git@git.norwind.example: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.",
                "CONFLICT (content): Merge conflict in Dockerfile\nAutomatic merge failed; fix conflicts and then commit the result.",
                " ! [rejected]        main -> main (non-fast-forward)\nerror: failed to push some refs to 'git.norwind.example:app.git'",
                f" create mode 100644 deploy/{_word(rng)}.yaml",
                f"{_hex(rng, 7)} Log in to the registry before the pull\n{_hex(rng, 7)} Show the error when a login is refused",
            )
        )
        for _ in _some(rng, 1, 4)
    ]
    return _text(lines)


# -------------------------------------------------------------------------- servers and their users


def _access_log(rng: random.Random) -> str:
    paths = (
        "/",
        "/login",
        "/admin",
        "/wp-login.php",
        "/api/v2/orders",
        "/assets/app.js",
        "/.env",
        "/favicon.ico",
        "/oauth2/token",
    )
    codes = (200, 200, 200, 204, 301, 304, 401, 403, 404, 429, 500, 502, 503)
    return _text(
        [
            f'{_address(rng)} - - [11/Feb/2026:{_clock(rng)} +0000] "{rng.choice(("GET", "POST", "HEAD"))} {rng.choice(paths)} HTTP/1.1" {rng.choice(codes)} {rng.randrange(9000)} "-" "Mozilla/5.0 (X11; Linux x86_64)"'
            for _ in _some(rng, 5, 60)
        ]
    )


def _registry_access_log(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 2, 8):
        name, address, agent = (
            _word(rng),
            _address(rng),
            "docker/28.2.2 go/go1.24.3 kernel/6.8.0 os/linux arch/amd64",
        )
        for path, code in (
            ("/v2/", 401),
            ("/v2/", 200),
            (f"/v2/{name}/manifests/{rng.randrange(60)}", 200),
            (f"/v2/{name}/blobs/sha256:{_hex(rng, 64)}", 200),
        ):
            lines.append(
                f'{address} - - [11/Feb/2026:{_clock(rng)} +0000] "GET {path} HTTP/1.1" {code} {rng.randrange(90, 9000)} "" "{agent}"'
            )
    return _text(lines)


def _postgres(rng: random.Random) -> str:
    who = rng.choice(_PEOPLE)
    events = (
        f'FATAL:  password authentication failed for user "{who}"',
        f'DETAIL:  Connection matched file "/etc/postgresql/pg_hba.conf" line {rng.randrange(99)}: "host all all all scram-sha-256"',
        "LOG:  checkpoint starting: time",
        f"ERROR:  permission denied for table {_word(rng)}",
        f'ERROR:  relation "{_word(rng)}" does not exist at character {rng.randrange(99)}',
        "ERROR:  canceling statement due to statement timeout",
        f'ERROR:  duplicate key value violates unique constraint "{_word(rng)}_pkey"',
        "LOG:  database system is ready to accept connections",
    )
    return _text(
        [
            f"{_day(rng)} {_clock(rng)} UTC [{rng.randrange(50, 9000)}] {rng.choice(events)}"
            for _ in _some(rng, 4, 40)
        ]
    )


def _mysql(rng: random.Random) -> str:
    lines = [
        f"{_stamp(rng)} {rng.randrange(99)} [Note] [MY-010926] [Server] Access denied for user '{rng.choice(_PEOPLE)}'@'{_address(rng)}' (using password: YES)"
        for _ in _some(rng, 2, 20)
    ]
    return _text(
        [*lines, "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)"]
    )


def _sshd(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 3, 30):
        who, address = rng.choice(_PEOPLE), _address(rng)
        lines.append(
            f"Feb 11 {_clock(rng)} {_word(rng)} sshd[{rng.randrange(900, 9000)}]: "
            + rng.choice(
                (
                    f"Failed password for invalid user {who} from {address} port {rng.randrange(1024, 65000)} ssh2",
                    f"Accepted publickey for {who} from {address} port {rng.randrange(1024, 65000)} ssh2",
                    "error: maximum authentication attempts exceeded for root [preauth]",
                    f"Invalid user admin from {address} port 4022",
                )
            )
        )
    return _text(
        [
            *lines,
            f"{rng.choice(_PEOPLE)}@build-{rng.randrange(9)}.norwind.example: Permission denied (publickey,password).",
        ]
    )


def _application(rng: random.Random) -> str:
    messages = (
        "login failed: wrong password",
        "session expired",
        "rate limit for the newsletter form reached",
        "invalid csrf token",
        "user is locked after 5 attempts",
        "payment declined",
        "cache miss",
        "job done",
        "feature flag off",
    )
    return _text(
        [
            f'{{"ts":"{_stamp(rng)}","level":"{rng.choice(("info", "warn", "error"))}","service":"{_word(rng)}","user":"{rng.choice(_PEOPLE)}","msg":"{rng.choice(messages)}","status":{rng.choice((200, 401, 403, 404, 500))}}}'
            for _ in _some(rng, 4, 50)
        ]
    )


def _ansible(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 3, 12):
        lines += [
            f"TASK [{_word(rng)} : Log in to the private registry] {'*' * 30}",
            f"{rng.choice(('ok', 'changed'))}: [{_word(rng)}-{rng.randrange(9)}]",
            "",
        ]
    return _text(
        [
            *lines,
            "PLAY RECAP " + "*" * 60,
            f"{_word(rng)}-1 : ok={rng.randrange(30)} changed={rng.randrange(9)} unreachable=0 failed=0 skipped={rng.randrange(9)}",
        ]
    )


def _kernel(rng: random.Random) -> str:
    lines = []
    for _ in _some(rng, 4, 40):
        message = rng.choice(
            (
                f"docker0: port 1(veth{_hex(rng, 7)}) entered forwarding state",
                'audit: type=1400 apparmor="DENIED" operation="ptrace" profile="docker-default"',
                f"Out of memory: Killed process {rng.randrange(900, 9000)} (node)",
                "EXT4-fs (sda1): mounted filesystem with ordered data mode",
                "usb 1-1: new high-speed USB device number 4",
            )
        )
        lines.append(f"[{rng.randrange(1, 900000)}.{rng.randrange(999999):06d}] {message}")
    return _text(lines)


_MAKERS: tuple[Callable[[random.Random], str], ...] = (
    _docker_pull,
    _docker_push,
    _docker_login,
    _docker_build_classic,
    _buildkit,
    _compose_up,
    _podman,
    _docker_listings,
    _docker_info,
    _dockerd_journal,
    _kubelet_events,
    _kubectl_pods,
    _kubernetes_yaml,
    _actions_success,
    _creation_success,
    _devcontainer_json,
    _npm,
    _pip,
    _apt,
    _cargo,
    _go_test,
    _maven,
    _pytest,
    _jest,
    _compilers,
    _traceback,
    _java_trace,
    _terraform,
    _git,
    _access_log,
    _registry_access_log,
    _postgres,
    _mysql,
    _sshd,
    _application,
    _ansible,
    _kernel,
)

# ------------------------------------------------- pages that speak of errors without reporting one

PAGES: tuple[Text, ...] = (
    Text(
        "page: logging in",
        "# Logging in to our registry\n\nAsk in #platform for a robot account, then run\n\n"
        "    docker login images.tessella.example -u robot+you\n\n"
        "and paste the token when Docker asks for the password. If you see 'denied', the robot is not a member of "
        "your team yet; if you see 'unauthorized', the token was mistyped. Both are explained in the wiki.\n",
    ),
    Text(
        "page: first day",
        "## Day one\n\n1. Install Docker Desktop and start it.\n2. Create a personal access token with the "
        "`read:packages` scope.\n3. `docker login ghcr.io` with your user name and that token.\n4. `make up`\n\n"
        "Tokens live for 90 days. When one has expired, the pull is denied: make a new one, repeat step 3.\n",
    ),
    Text(
        "page: release checklist",
        "- [ ] the changelog names every breaking change\n- [ ] `docker push` of the candidate works from a clean "
        "machine (a missing login shows as an authentication error)\n- [ ] no secret is baked into an image\n"
        "- [ ] the tag exists in the registry before the chart is bumped, else pods sit in ImagePullBackOff\n",
    ),
    Text(
        "page: why a mirror",
        "We run a pull-through cache because Docker Hub limits how often anonymous users may pull. Before that, about "
        "one build in thirty failed with 'too many requests'. The mirror is at images.tessella.example and needs no "
        "login inside the office.\n",
    ),
    Text(
        "page: rotating the ECR login",
        "ECR hands out passwords that are good for twelve hours. The cron job in `deploy/cron.d/ecr` renews ours "
        "every six. Should a developer find 'no basic auth credentials' on his screen, he has not run "
        "`aws ecr get-login-password` today.\n",
    ),
    Text(
        "page: certificates",
        "The registry's certificate is issued by our own authority. Copy `ca.crt` to "
        "`/etc/docker/certs.d/images.tessella.example/` on every host; otherwise Docker complains about an unknown "
        "authority. New hosts get the file from the image, so nobody should have to do this by hand.\n",
    ),
    Text(
        "page: questions and answers",
        "**Do I need an account?** No, the base images are public.\n\n**What does 'manifest unknown' mean?** That "
        "the tag was removed. We keep the last ten.\n\n**May I push?** Only CI may. People are refused, by design.\n",
    ),
    Text(
        "page: meeting notes",
        "Platform weekly\n\n* Mira: the login outage of last month is understood, report follows\n* Jonas: moves the "
        "registry behind the new proxy, asks everybody to try a pull on Thursday\n* Lena: quota of the Harbor "
        "project raised, pushes have room again\n",
    ),
)
