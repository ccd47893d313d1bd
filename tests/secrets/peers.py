"""Owns the peers that talk too much: they say back whatever they have heard, in every spelling and place."""

from __future__ import annotations

import base64
import contextlib
import http.server
import json
import os
import socketserver
import tempfile
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

from tests.lab import handlers
from tests.lab.scripted import Answer, Request
from tests.secrets.credentials import Maker

Spell = Callable[[str], str]


class Echo:
    """A registry that asks for a password, refuses it, and repeats it in one way of spelling it."""

    def __init__(self, spell: Spell = str, status: int = 403) -> None:
        self.spell = spell
        self.status = status
        self.heard: list[str] = []

    def __call__(self, request: Request) -> Answer:
        if request.basic:
            self.heard.append(request.basic[1])
        said = ", ".join(self.spell(each) for each in dict.fromkeys(self.heard)) or "nothing yet"
        realm = urllib.parse.quote(said)
        if request.authorization is None:
            return handlers.error(401, "UNAUTHORIZED", said, {"WWW-Authenticate": f'Basic realm="{realm}"'})
        return handlers.error(self.status, "DENIED", said, self._headers(said), detail=request.authorization)

    def _headers(self, said: str) -> dict[str, str]:
        shown = (
            said.encode("latin-1", "backslashreplace").decode("latin-1").replace("\r", " ").replace("\n", " ")
        )
        return {"Location": f"/{urllib.parse.quote(said)}", "Retry-After": shown, "Server": shown}


class Tokens:
    """A registry with a token service, which hands out more than it is asked for.

    Whatever it heard or handed out it says back. `admits` lets tokens into /v2/, and nowhere else; `bare`
    hands out a token outside of any form, and `none` all kinds of tokens but one that can be used.
    """

    def __init__(
        self,
        maker: Maker,
        name: str,
        own: list[str],
        *,
        admits: bool = True,
        bare: bool = False,
        none: bool = False,
    ) -> None:
        """`own` are the credentials that may be shown here; those that are handed out come to them."""
        self.maker = maker
        self.own = own
        self.name = name
        self.admits = admits
        self.bare = bare
        self.none = none
        self.heard: list[str] = []

    def __call__(self, request: Request) -> Answer:
        if request.basic:
            self.heard.append(request.basic[1])
        self.heard += request.form().get("refresh_token", []) if request.method == "POST" else []
        if request.path == "/token":
            return self._token()
        if request.bearer is None:
            challenge = f'Bearer realm="{request.base_url}/token",service="{self.name}"'
            return handlers.error(401, "UNAUTHORIZED", self._words(), {"WWW-Authenticate": challenge})
        if request.path == "/v2/" and self.admits:
            return Answer(headers=handlers.API_VERSION, body={})
        if request.path.endswith("/manifests/moved"):
            signature = self.maker.word(f"{self.name}: signature of an address", 40)
            return Answer(307, {"Location": f"http://storage.example.com/blob?X-Amz-Signature={signature}"})
        return handlers.error(403, "DENIED", self._words(), detail=request.authorization)

    def _token(self) -> Answer:
        if self.bare:
            return Answer(body=self._made("bare token"))
        names = ["refresh_token", "id_token"] if self.none else ["token", "access_token", "refresh_token"]
        tokens = {name: self._made(name) for name in names}
        if self.none:
            nested = {"accessToken": self._made("nested token"), "message": self._words()}
            return Answer(body={**tokens, "data": nested, "message": self._words()})
        return Answer(body={**tokens, "expires_in": 300})

    def _made(self, kind: str) -> str:
        make = self.maker.random.choice((self.maker.word, self.maker.web_token))
        value = make(f"{self.name}: {kind}")
        self.heard.append(value)
        self.own.append(value)
        return value

    def _words(self) -> str:
        # The newest first: only the beginning of an answer is shown.
        return ", ".join(reversed([*dict.fromkeys(self.heard)])) or "nothing yet"


@contextlib.contextmanager
def talkative_engine() -> Iterator[str]:
    """The DOCKER_HOST of an Engine that refuses every login, and says back what it was sent."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked: dict[str, str] = json.loads(sent)
            pair = base64.b64encode(f"{asked['username']}:{asked['password']}".encode()).decode()
            tried = f"{asked['password']} ({pair}, {sent.decode()})"
            said = f"login attempt with {tried} failed with status: 401 Unauthorized"
            self._answer(500, {"message": said})

        def do_GET(self) -> None:
            self._answer(200, {"Version": "28.2.2", "ApiVersion": "1.41", "MinAPIVersion": "1.24"})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    # in /tmp, since the path of a socket may have no more than 107 bytes
    with tempfile.TemporaryDirectory(prefix="echo-engine-", dir="/tmp") as folder:
        path = os.path.join(folder, "docker.sock")
        with socketserver.ThreadingUnixStreamServer(path, Handler) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            yield f"unix://{path}"
            server.shutdown()
            thread.join(5)
