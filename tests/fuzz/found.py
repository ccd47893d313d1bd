"""What was found once: cases that crashed a parser, or kept it busy for seconds or for ever."""

from __future__ import annotations

FOUND: dict[str, tuple[str, bytes]] = {
    # A value
    "a user of colons": ("environment", b"A_CONTAINER_REGISTRY_USER=" + b":" * 4000),
    "a server of passwords": ("environment", b"A_CONTAINER_REGISTRY_SERVER=" + b"a:" * 2000),
    "identifiers that are long and alike": (
        "environment",
        b"".join(
            b"%b_CONTAINER_REGISTRY_%b=a\0" % (b"A" * 2000 + end, part)
            for end, part in ((b"B", b"USER"), (b"C", b"SERVER"), (b"D", b"USER"), (b"E", b"SERVER"))
        ),
    ),
    "a gap that is never closed": ("values", b"<" + b"a" * 4000 + b"\0octocat\0x"),
    "an address of points": ("values", b"quay.io\0a@" + b"." * 4000 + b"@\0x"),
    "a port of many digits": ("address", b"a:000443" + b"0" * 4080),
    "an address whose bracket is another letter": ("address", b"[27.0.0.1\xdd"),
    "a long name in other letters": ("address", "ß".encode() * 20_000),
    "a proxy with a long name in other letters": ("proxy", b"https://" + "ß".encode() * 20_000),
    "blanks before a comment": ("env-file", b"A=x" + b" " * 20_000 + b"y"),
    # An answer
    "a word that is no scheme": ("challenge", b"a" * 4000 + b"@"),
    "a realm that is no address": ("pull", b'401 No\nWww-Authenticate: Bearer realm="http://["\n\n'),
    "a redirect to no address": ("login", b"307 Go\nLocation: http://[\n\n"),
    "a redirect of a manifest to no address": ("pull", b"200 OK\n\n{}\x00307 Go\nLocation: http://[\n\n"),
    "a proxy that does not end": ("tunnel", b"\r" * 65_000),
    "half a character from a helper": ("credential-helper", b'{"Secret":"\\ud800aaaaaaa"}'),
    # A file
    "half a character in a login": ("docker-config", b'{"auths":{"a":{"password":"\\ud800aaaaaaa"}}}'),
    "a port of many digits in a login": (
        "docker-config",
        b'{"auths":{"a:000443%b":{"auth":"?"}}}' % (b"0" * 5000),
    ),
    "a context that is nested too deep": ("docker-context", b"[" * 4000),
    "Features that depend on themselves": (
        "devcontainer",
        b'{"features":{"./f":{}},"image":"a"}\0\0\0\0{"dependsOn":{"./f":{},"./f/":{},"././f":{},"./../f":{}}}',
    ),
    "variables that double": (
        "dotenv",
        b"A="
        + b"x" * 64
        + b"\nB="
        + b"$A" * 60
        + b"\nC="
        + b"$B" * 60
        + b"\nD="
        + b"$C" * 60
        + b"\nE="
        + b"$D" * 60,
    ),
    "a value that grows by itself": ("dotenv", b"B=aA1\n" + b"I=$I$B\n" * 500),
    "variables that are read once for each file": (
        "compose",
        b"include: [c.yml, {path: [c.yml], env_file: .env}]\nservices: {app: {image: a}}\0\0"
        + b'A="${B:-c}"\n' * 330,
    ),
    "a long value, again and again": (
        "compose",
        b"services: {app: {image: '%b'}}\0\0X=%b" % (b"$X" * 900, b"y" * 2000),
    ),
    "arguments without a value that double": (
        "dockerfile",
        b"ARG A\n" + b"".join(b"ARG %c=%b\n" % (at + 1, b"$%c" % at * 150) for at in range(65, 71)),
    ),
    "an instruction on many lines": ("dockerfile", b"FROM " + b"\\\na " * 4000),
    "triggers for many stages": (
        "dockerfile",
        b"FROM a AS a\n" + b"ONBUILD COPY --from=a b c\n" * 500 + b"FROM a\n" * 195,
    ),
    "merges of nothing into much": (
        "yaml",
        b"{<<: {%b}%b}" % (b",".join(b"a%d: " % number for number in range(3000)), b",<<: {}" * 3000),
    ),
    # A text
    "a store of layers, again and again": ("explain", b".blob.core." + b"aml.blob.core." * 580),
}
"""By what it is: the parser, and the case."""
