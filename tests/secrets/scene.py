"""Owns the scene: an environment full of credentials of every kind, and peers that repeat what they hear."""

from __future__ import annotations

import base64
import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from regdoctor.model import variable_name
from regdoctor.settings import Override
from tests.lab.aws import Ecr, Key
from tests.lab.certificates import Authority
from tests.lab.peers import Peer
from tests.lab.scripted import Answer, Handler, Request, ScriptedRegistry
from tests.live.proxies import working_proxy
from tests.secrets.credentials import UPPER, Maker
from tests.secrets.peers import Echo, Tokens, talkative_engine
from tests.secrets.traces import SPELLINGS

ECR_HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
GHCR_HOST, API_HOST = "ghcr.io", "api.github.com"

HELPER = """#!{python} -SE
import json, os, sys
seen = {{"argv": sys.argv, "environ": dict(os.environ), "stdin": sys.stdin.read()}}
with open({record!r}, "a") as file:
    file.write(json.dumps(seen) + "\\n")
sys.stderr.write({words!r})
if {refuses!r}:
    sys.stdout.write({words!r})
    sys.exit(1)
sys.stdout.write(json.dumps({{"ServerURL": seen["stdin"], "Username": "octocat", "Secret": {secret!r}}}))
"""
"""A credential helper that keeps a record of how it was asked, and talks too much."""


@dataclass
class Scene:
    """Sets, tokens, configurations and peers; `environ` and `options` are what the program is given."""

    maker: Maker
    folder: Path
    authority: Authority
    stack: contextlib.ExitStack
    environ: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    registries: dict[str, ScriptedRegistry] = field(default_factory=dict)
    """By the name of the set, or of what else leads to them."""
    owners: dict[str, list[str]] = field(default_factory=dict)
    """The credentials that a registry may see, by its name."""
    overrides: list[Override] = field(default_factory=list)
    helpers: Path = Path()
    """The record of how the credential helpers were asked."""
    proxy: Peer | None = None

    def own(self, name: str, *values: str) -> list[str]:
        """The credentials that a registry may see, with these from now on."""
        known = self.owners.setdefault(name, [])
        known += values
        return known

    def serve(self, name: str, handler: Handler, host: str | None = None) -> str:
        """Start a registry; its address. One with a host of its own speaks TLS."""
        certificate = self.authority.issue(host) if host else None
        registry = self.stack.enter_context(ScriptedRegistry(handler, certificate))
        self.registries[name] = registry
        if host:
            self.overrides.append(Override(host, 443, registry.host, registry.port))
        return registry.address

    def forget(self) -> None:
        """Have the peers repeat nothing of earlier runs, of which a new process cannot know."""
        for registry in self.registries.values():
            if isinstance(registry.handler, Echo | Tokens):
                registry.handler.heard.clear()

    def echo(self, name: str, *values: str) -> str:
        """Start a registry that repeats what it hears, and may hear these."""
        self.own(name, *values)
        return self.serve(name, Echo())

    def add_set(self, name: str, server: str, user: str, password: str) -> None:
        """One more secret set."""
        self.environ |= {
            variable_name(name, "server"): server,
            variable_name(name, "user"): user,
            variable_name(name, "password"): password,
        }

    def asked_of_helpers(self) -> list[dict[str, object]]:
        """How the credential helpers were asked."""
        if not self.helpers.exists():
            return []
        return [json.loads(line) for line in self.helpers.read_text().splitlines()]

    def in_options(self) -> list[str]:
        """The options that lead the names of the vendors here."""
        leading = (f"{each.host}:{each.port}:{each.address}:{each.to_port}" for each in self.overrides)
        return ["--ca-file", self.authority.ca_file, *(f"--resolve={each}" for each in leading)]


def add_echoes(scene: Scene) -> None:
    """A set for each way of spelling its password back."""
    for number, spell in enumerate(SPELLINGS.values()):
        name = f"ECHO{number}"
        password = scene.maker.password(name)
        scene.own(name, password)
        scene.add_set(name, scene.serve(name, Echo(spell, 401 if number % 2 else 403)), "octocat", password)


def add_kinds(scene: Scene) -> None:
    """A set for each kind of credential."""
    make = scene.maker
    secrets = {
        "GITHUB": make.github("github"),
        "DOCKER": make.docker("docker"),
        "GITLAB": make.gitlab("gitlab"),
        "JWT": make.web_token("jwt"),
        "SHORT": make.short("short"),
    }
    for name, secret in secrets.items():
        scene.add_set(name, scene.echo(name, secret), "octocat", secret)
    before = len(make.made)
    key = make.google_key("google key")
    own = [each.value for each in make.made[before:]]
    scene.add_set("GOOGLE", scene.echo("GOOGLE", *own), "_json_key", key)


def add_tokens(scene: Scene) -> None:
    """Registries with token services: one that admits, one that does not, two whose answers have no token."""
    for name, admits, bare, none in (
        ("ADMITS", True, False, False),
        ("REFUSES", False, False, False),
        ("BARE", True, True, False),
        ("NONE", True, False, True),
    ):
        password = scene.maker.password(name)
        own = scene.own(name, password)
        handler = Tokens(scene.maker, name, own, admits=admits, bare=bare, none=none)
        scene.add_set(name, scene.serve(name, handler), "octocat", password)
    address = scene.registries["ADMITS"].address
    for tag in ("1", "moved"):
        scene.options += ["--image", f"{address}/team/app:{tag}"]


def add_misplaced(scene: Scene) -> None:
    """Credentials where they do not belong: in the server, in the user, in another set."""
    make = scene.maker
    token = make.github("swapped user")
    scene.add_set("SWAPPED", scene.echo("SWAPPED", token), token, "octocat")
    scene.add_set("SERVER", make.docker("swapped server"), "octocat", "registry.example.com")
    scene.add_set("PLAIN_SERVER", make.word("plain server", 12).lower(), "octocat", "registry.example.com")
    password, other = make.word("in an address"), make.word("beside an address")
    address = scene.echo("ADDRESS", password, other)
    scene.add_set("ADDRESS", f"https://octocat:{password}@{address}", "octocat", other)
    token, other = make.github("token in an address"), make.word("beside that token")
    address = scene.echo("ADDRESS_TOKEN", token, other)
    scene.add_set("ADDRESS_TOKEN", f"https://{token}@{address}/team", "octocat", other)
    token, other = make.gitlab("token in a path"), make.word("beside a path")
    scene.add_set("PATH", f"{scene.echo('PATH', token, other)}/{token}", "octocat", other)
    token, other = make.docker("pair in a user"), make.word("beside a pair")
    scene.add_set("PAIR", scene.echo("PAIR", token, other), f"octocat:{token}", other)
    password = make.word("user and password")
    scene.add_set("SAME", scene.echo("SAME", password), password, password)
    password, other = make.word("of the lender"), make.word("of the borrower")
    scene.add_set("LENDER", scene.echo("LENDER", password), "octocat", password)
    scene.add_set("BORROWER", scene.echo("BORROWER", other, password), password, other)
    quoted = make.word("quoted")
    scene.add_set("QUOTED", scene.echo("QUOTED", quoted), "octocat", f'"{quoted}"')


def add_near_misses(scene: Scene) -> None:
    """Names that are nearly right: of a set, with exchanged values, and of no set."""
    make = scene.maker
    password = make.word("near miss")
    scene.environ |= {
        "NEAR_CONTAINER_REGISTRY_SERVER": scene.echo("NEAR", password),
        "NEAR_CONTAINER_REGISTRY_USERNAME": "octocat",
        "NEAR_CONTAINER_REGISTRY_TOKEN": password,
    }
    token, password = make.github("exchanged near miss"), make.word("beside an exchanged near miss")
    scene.environ |= {
        "EXCHANGED_CONTAINER_REGISTRY_SERVER": scene.echo("EXCHANGED", token, password),
        "EXCHANGED_CONTAINER_REGISTRY_USERNAME": token,
        "EXCHANGED_CONTAINER_REGISTRY_PASSWD": password,
    }
    password = make.word("stray")
    scene.environ |= {
        "CONTAINER_REGISTRY_SERVER": scene.echo("STRAY", password),
        "CONTAINER_REGISTRY_USER": "octocat",
        "CONTAINER_REGISTRY_PASSWORD": password,
    }


def add_clouds(scene: Scene) -> None:
    """AWS: a key that is exchanged, whose token is then refused and repeated; GitHub and its API."""
    make = scene.maker
    key = Key("AKIA" + make.text(16, UPPER), make.aws_secret("key of a set"))
    ecr = Ecr([key], regions=("eu-west-1",))

    def learning(request: Request) -> Answer:
        answer = ecr(request)
        for token in ecr.issued:
            # Its end tells when it expires, and is much the same in all.
            for kind, value in (("token", token.password), ("encoded token", token.authorization_token)):
                scene.own("ECR", make.learn(f"ECR: {kind}", value[40:1000]))
        return answer

    scene.serve("ECR", Echo(status=401), ECR_HOST)
    scene.serve("AWS", learning)
    scene.environ["AWS_ENDPOINT_URL"] = scene.registries["AWS"].url
    scene.add_set("ECR", ECR_HOST, key.id, key.secret)
    token = make.github("ghcr")
    scene.own("API", token)
    scene.serve("GHCR", Tokens(make, "ghcr.io", scene.own("GHCR", token), admits=False), GHCR_HOST)

    def told(request: Request) -> Answer:
        said = f"Bad credentials: {request.authorization}"
        return Answer(401, {"X-OAuth-Scopes": said}, {"message": said})

    scene.serve("API", told, API_HOST)
    scene.add_set("GHCR", GHCR_HOST, "octocat", token)


def add_surroundings(scene: Scene) -> None:
    """What any environment may hold besides: tokens of GitHub's, keys of AWS's, a proxy's password."""
    make, environ = scene.maker, scene.environ
    environ |= {
        "GITHUB_TOKEN": make.github("GITHUB_TOKEN", "ghu_"),
        "GH_TOKEN": make.github("GH_TOKEN", "gho_"),
        "GITHUB_CODESPACE_TOKEN": make.word("GITHUB_CODESPACE_TOKEN", 30),
        "REGDOCTOR_TOKEN": make.word("REGDOCTOR_TOKEN", 30),
        "AWS_ACCESS_KEY_ID": "AKIA" + make.text(16, UPPER),
        "AWS_SECRET_ACCESS_KEY": make.aws_secret("AWS_SECRET_ACCESS_KEY"),
        "AWS_SESSION_TOKEN": make.aws_session("AWS_SESSION_TOKEN"),
        "DATABASE_PASSWORD": make.word("DATABASE_PASSWORD"),
        "CODESPACES": "true",
        "CODESPACE_NAME": "fluffy-lamp",
        "GITHUB_REPOSITORY": "octo/app",
    }
    scene.own("API", environ["REGDOCTOR_TOKEN"])
    password = make.word("proxy")
    scene.own("PROXY", password)
    routes = {f"{each.host}:443": (each.address, each.to_port) for each in scene.overrides}
    scene.proxy = scene.stack.enter_context(working_proxy(routes))
    environ["HTTPS_PROXY"] = f"http://proxy-user:{password}@{scene.proxy.address}"
    environ["HTTP_PROXY"] = f"http://other-user:{make.word('plain proxy')}@192.0.2.7:3128"
    environ["NO_PROXY"] = "127.0.0.1,localhost"


def add_docker(scene: Scene) -> None:
    """Docker's own configuration: a login, an identity token, a helper that answers, and one that fails."""
    make = scene.maker
    password, token, secret = make.password("stored"), make.web_token("identity"), make.word("helper's")
    own = {"STORED": password, "IDENTITY": token, "HELPED": secret, "FAILING": ""}
    stored, identity, helped, failing = (
        scene.serve(name, Tokens(make, name, scene.own(name, value), admits=False))
        for name, value in own.items()
    )
    scene.helpers = scene.folder.parent / f"{scene.folder.name}.helpers"
    programs = scene.folder.parent / f"{scene.folder.name}.programs"
    programs.mkdir()
    known = {"record": str(scene.helpers), "words": f"it holds {make.word('keychain')}\n", "secret": secret}
    for name, refuses in (("answering", False), ("refusing", True)):
        program = programs / f"docker-credential-{name}"
        program.write_text(HELPER.format(python=sys.executable, refuses=refuses, **known))
        program.chmod(0o755)
    configuration = scene.folder / "docker"
    configuration.mkdir()
    scene.environ |= {"PATH": f"{programs}:/usr/bin:/bin", "DOCKER_CONFIG": str(configuration)}
    written = {
        "auths": {
            stored: {"auth": base64.b64encode(f"octocat:{password}".encode()).decode()},
            identity: {
                "auth": base64.b64encode(b"00000000-0000-0000-0000-000000000000:").decode(),
                "identitytoken": token,
            },
            f"octocat:{make.word('in a key')}@registry.example.com": {},
        },
        "credHelpers": {helped: "answering", failing: "refusing"},
        "HttpHeaders": {"X-Meta": make.word("header")},
        "proxies": {"default": {"httpsProxy": f"http://u:{make.word('proxy of builds')}@192.0.2.8:3128"}},
    }
    (configuration / "config.json").write_text(json.dumps(written))
    for address in (stored, identity, helped, failing):
        scene.options += ["--image", f"{address}/team/app:1"]


def add_workspace(scene: Scene) -> None:
    """A dev container whose files hold credentials, in the right places and in the wrong ones."""
    make = scene.maker
    home = scene.folder / "workspace" / ".devcontainer"
    home.mkdir(parents=True)
    argument, option, base, feature = (make.word(f"workspace {number}") for number in range(4))
    github = make.github("workspace: github")
    configuration = {
        "build": {
            "dockerfile": "Dockerfile",
            "args": {"BASE": f"octocat:{argument}@registry.example.com/team/base:1", "TOKEN": github},
            "options": ["--build-arg", f"OTHER=octocat:{option}@registry.example.com/x"],
        },
        "features": {f"https://octocat:{feature}@registry.example.com/x.tgz": {}, f"octo/{github}": {}},
        "image": "${localEnv:GITHUB_TOKEN}/x",
    }
    (home / "devcontainer.json").write_text(json.dumps(configuration))
    (home / "Dockerfile").write_text(
        f"ARG BASE\nARG OTHER\nARG URL=https://octocat:{base}@registry.example.com\n"
        f"FROM $BASE AS first\nFROM octocat:{base}@registry.example.com/team/app:2 AS second\n"
        f"FROM $URL/Team AS third\nFROM ${{URL%x}}/y AS fourth\nFROM {github}/App AS fifth\n"
        "FROM $OTHER\nCOPY --from=first / /\nCOPY --from=second / /\n"
        "COPY --from=third / /\nCOPY --from=fourth / /\n"
    )
    scene.options += ["--workspace", str(scene.folder / "workspace")]
    for image in (
        f"octocat:{make.word('image: pair')}@registry.example.com/team/app:1",
        f"https://octocat:{make.word('image: address')}@registry.example.com/team/app:1",
        f"registry.example.com/{make.gitlab('image: token').lower()}/app",
    ):
        scene.options += ["--image", image]


def add_log(scene: Scene) -> None:
    """A log of the codespace's creation that holds something of all that was planted up to now."""
    said = "; ".join(scene.maker.random.sample([each.value for each in scene.maker.made], 12))
    path = scene.folder / "creation.log"
    path.write_text(f"Error response from daemon: unauthorized: incorrect username or password: {said}\n")
    scene.options += ["--creation-log", str(path)]


WHOLE = (
    add_echoes,
    add_kinds,
    add_tokens,
    add_misplaced,
    add_near_misses,
    add_clouds,
    add_surroundings,
    add_log,
    add_docker,
    add_workspace,
)
SMALL = (add_tokens, add_near_misses, add_clouds, add_surroundings, add_log, add_docker, add_workspace)
"""Enough that everything is done that a run can do."""


@contextlib.contextmanager
def raised(folder: Path, authority: Authority, purpose: str, small: bool = False) -> Iterator[Scene]:
    """A scene with all its peers."""
    folder.mkdir()
    with contextlib.ExitStack() as stack:
        scene = Scene(Maker(purpose), folder, authority, stack)
        for add in SMALL if small else WHOLE:
            add(scene)
        scene.environ["DOCKER_HOST"] = stack.enter_context(talkative_engine())
        scene.options += scene.in_options()
        yield scene


def sent_to(registry: ScriptedRegistry) -> tuple[str, str]:
    """What a registry was sent where a credential may stand, and everything else that it was sent."""
    right, wrong = [], []
    for request in registry.requests:
        headers = dict(request.headers)
        right += [headers.pop("authorization", ""), request.body.decode("utf-8", "replace")]
        if request.basic:
            right.append(request.basic[1])
        wrong.append(f"{request.method} {request.path} {request.query} {headers}")
    return "\n".join(right), "\n".join(wrong)
