"""Causes on the way to the registry, and in the registry itself."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import AGAIN, ELSEWHERE, ENTER_SERVER, NEW_MACHINE, PRIVATE_NETWORK, RESTART
from regdoctor.model import Step

FAMILY = "Network"

_CERTIFICATES = "https://docs.docker.com/engine/security/certificates/"
_ENGINE_PROXY = Step(
    "If docker itself still fails, give the Docker Engine the same settings: it has its own.",
    url="https://docs.docker.com/engine/daemon/proxy/",
)
_COMPARE_CLOCKS = Step(
    "Compare this machine's clock with that of another server: the two times must not differ by minutes.",
    command="date -u; curl -sI https://github.com | grep -i '^date:'",
)
_NEW_CLOCK = Step(
    "If this machine's clock is wrong, restart this codespace, so that it comes back on another machine: "
    "the command stops it, the page opens it again.",
    command=NEW_MACHINE.command,
    url=NEW_MACHINE.url,
)
_PROXY_VALUE = Step(
    "Look at the proxy's address. It may hold a password, so do not show it to others.",
    command="printenv {proxy_variable}",
)
_TRACE = Step(
    "See which network call takes so long.",
    command="regdoctor report {selection} --trace",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="dns-not-found",
        family=FAMILY,
        title="Host name not found: {host}",
        explanation=(
            "DNS, the service that turns host names into addresses, does not know {host}. Most likely the "
            "name in {server_variable} is misspelt, or the registry was renamed or deleted. If the name "
            "works elsewhere, say in your office, it belongs to a private network that this machine is not "
            "part of."
        ),
        steps=(
            Step(
                "Compare the name letter by letter with the one on the registry's own pages.",
                url="{documentation}",
            ),
            ENTER_SERVER,
            ELSEWHERE,
            PRIVATE_NETWORK,
            RESTART,
        ),
    ),
    Cause(
        id="dns-failure",
        family=FAMILY,
        title="Name lookup (DNS) failed for {host}",
        explanation=(
            "DNS, the service that turns host names into addresses, failed or did not answer about {host}. "
            "So the registry was not asked, and your secrets are not to blame. Most likely this machine's "
            "network has a passing fault, or its DNS is set up wrongly."
        ),
        steps=(
            AGAIN,
            Step(
                "See whether any name can be looked up. No output means that none can.",
                command="getent hosts github.com",
            ),
            NEW_MACHINE,
            Step(
                "See which DNS servers this machine asks.",
                command="cat /etc/resolv.conf",
            ),
        ),
    ),
    Cause(
        id="tcp-refused",
        family=FAMILY,
        title="Connection refused by {host}, port {port}",
        explanation=(
            "{host} refused the connection, because nothing listens on port {port} there or a firewall "
            "forbids it. Most likely the port in {server_variable} is wrong, or the registry is stopped. "
            "Nothing was sent."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry for its port. Without a port, 443 is used; any other stands "
                "after the host, as in registry.example.com:5000.",
            ),
            ENTER_SERVER,
            ELSEWHERE,
            RESTART,
        ),
    ),
    Cause(
        id="tcp-timeout",
        family=FAMILY,
        title="No answer from {host} on port {port}",
        explanation=(
            "{host} did not answer until the time was up. Most likely a firewall drops the connection, "
            "because the registry admits only a private network or certain addresses; a codespace has no "
            "fixed address. If the registry is open to all, it is down, or the network in between is."
        ),
        steps=(
            AGAIN,
            ELSEWHERE,
            PRIVATE_NETWORK,
            Step(
                "Otherwise ask whoever runs the registry whether it is up, and from where it can be reached.",
            ),
        ),
    ),
    Cause(
        id="tcp-reset",
        family=FAMILY,
        title="The connection to {host} was cut off",
        explanation=(
            "{host}, or something on the way such as a firewall, a proxy or a load balancer, cut the "
            "connection. If it happens once, it is most likely a passing fault. If it happens every time, a "
            "rule on the way forbids it."
        ),
        steps=(AGAIN, ELSEWHERE, PRIVATE_NETWORK),
    ),
    Cause(
        id="network-unreachable",
        family=FAMILY,
        title="No network route to {host}",
        explanation=(
            "This machine has no route to the address of {host}, or is not allowed to use it. Most likely a "
            "private network (VPN) is not connected, or the address is IPv6 and this machine has only IPv4. "
            "Nothing was sent."
        ),
        steps=(
            Step(
                "See whether this machine reaches the network at all: this should print a line that begins "
                "with HTTP.",
                command="curl -sSI https://github.com | head -1",
            ),
            PRIVATE_NETWORK,
            NEW_MACHINE,
            AGAIN,
        ),
    ),
    Cause(
        id="proxy-error",
        family=FAMILY,
        title="No connection through {proxy}",
        explanation=(
            "{proxy} could not be reached, or did not pass the request on. The variable {proxy_variable} "
            "makes programs send their requests through it. The registry itself was not asked, so nothing is "
            "known about it or about your secrets."
        ),
        steps=(
            _PROXY_VALUE,
            Step(
                "See whether the registry can be reached without the proxy.",
                command="env -u {proxy_variable} regdoctor report {selection}",
            ),
            Step(
                "If it can, add its host to NO_PROXY, the list of hosts that need no proxy. If not, ask "
                "whoever runs the proxy to let {host} through.",
                command='export NO_PROXY="$NO_PROXY,{address}"',
            ),
            _ENGINE_PROXY,
        ),
    ),
    Cause(
        id="proxy-auth-required",
        family=FAMILY,
        title="Separate login required by {proxy}",
        explanation=(
            "{proxy} lets only users through that it knows, and it was given no user and password, or wrong "
            "ones. The variable {proxy_variable}, which makes programs send their requests through it, is "
            "where they belong. The registry was not asked yet."
        ),
        steps=(
            Step(
                "Ask whoever runs the proxy for a user and a password, or for a proxy that needs none.",
            ),
            Step(
                "Store the address with both, as http://USER:PASSWORD@HOST:PORT; the command asks for it. "
                "Write @ in the password as %40, : as %3A and / as %2F.",
                command="gh secret set {proxy_variable} --app codespaces",
            ),
            _ENGINE_PROXY,
            RESTART,
        ),
    ),
    Cause(
        id="tls-unknown-ca",
        family=FAMILY,
        title="The certificate of {host} is not trusted here",
        explanation=(
            "The certificate of {host}, which proves that it is the right server, comes from an issuer (CA) "
            "that this machine does not know. Most likely the registry uses a certificate of its own making "
            "or of a company's private CA. If the issuer is a proxy or a security product, that one opens "
            "the encrypted traffic on its way. The user name and the password were not sent."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry whether the issuer is right, and for the CA certificate as a "
                "file.",
            ),
            Step(
                "Try the certificate, saved as ca.crt.",
                command="regdoctor report {selection} --ca-file ca.crt",
            ),
            Step(
                "If that works, make the Docker Engine trust it.",
                command="sudo install -D -m 644 ca.crt /etc/docker/certs.d/{address}/ca.crt",
                url=_CERTIFICATES,
            ),
            Step(
                "If it is the image of the codespace itself, ask for a certificate of a public CA instead: "
                "that image is pulled before anything can be installed here.",
            ),
        ),
    ),
    Cause(
        id="tls-expired",
        family=FAMILY,
        title="The certificate of {host} has expired",
        explanation=(
            "The certificate of {host}, which proves that it is the right server, is past its end by this "
            "machine's clock. Most likely its renewal was forgotten; if this machine's clock is wrong, the "
            "certificate may be good. The user name and the password were not sent."
        ),
        steps=(
            _COMPARE_CLOCKS,
            Step(
                "If the clock is right, ask whoever runs the registry to renew its certificate.",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="tls-not-yet-valid",
        family=FAMILY,
        title="The certificate of {host} is not valid yet",
        explanation=(
            "The certificate of {host}, which proves that it is the right server, is not valid yet by this "
            "machine's clock. Most likely this machine's clock is slow, or the certificate was made only "
            "just now. The user name and the password were not sent."
        ),
        steps=(
            _COMPARE_CLOCKS,
            _NEW_CLOCK,
            Step("If the clock is right, ask whoever runs the registry about its certificate."),
            AGAIN,
        ),
    ),
    Cause(
        id="tls-hostname-mismatch",
        family=FAMILY,
        title="The certificate of {host} is for other names",
        explanation=(
            "The certificate of {host}, which proves that it is the right server, lists other names but not "
            "this one. Most likely the registry's official name is another than the one in "
            "{server_variable}. Otherwise the name leads to the wrong machine, for instance by an old line "
            "in the hosts file. The user name and the password were not sent."
        ),
        steps=(
            Step(
                "Use a name of the registry that its certificate lists.",
                url="{documentation}",
            ),
            ENTER_SERVER,
            Step(
                "If the name is right, see whether this machine's hosts file sends it astray.",
                command="grep -v '^#' /etc/hosts",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="tls-plain-http",
        family=FAMILY,
        title="No encryption at {host}: it speaks plain HTTP",
        explanation=(
            "{host} answered in plain HTTP, which is not encrypted, where a registry needs HTTPS. Most "
            "likely the registry has another port for HTTPS, or was set up without it. The user name and the "
            "password were not sent: anyone on the way could have read them."
        ),
        steps=(
            Step("Ask whoever runs the registry for the port with HTTPS, or to set up HTTPS."),
            Step(
                "If you run the registry yourself, read why it needs HTTPS for logins.",
                url="https://distribution.github.io/distribution/about/insecure/",
            ),
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="tls-protocol",
        family=FAMILY,
        title="No common form of encryption with {host}",
        explanation=(
            "This machine and {host} found no form of encryption (TLS) that both of them know. Most likely "
            "the server, or a firewall or load balancer in front of it, is old or set up wrongly. Or the "
            "port is one that does not use encryption at all."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry whether the port is right, and whether TLS 1.2 or later is "
                "switched on.",
            ),
            Step(
                "To show them what happens, copy what this prints.",
                command="curl -sSvI https://{address}/v2/",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="tls-timeout",
        family=FAMILY,
        title="No answer from {host} while setting up encryption",
        explanation=(
            "{host} was connected, but never finished setting up the encryption (TLS). Most likely the "
            "server is overloaded, or a firewall or proxy on the way holds the exchange back. A private "
            "network (VPN) that loses large packets looks the same."
        ),
        steps=(AGAIN, ELSEWHERE, PRIVATE_NETWORK),
    ),
    Cause(
        id="tls-client-cert",
        family=FAMILY,
        title="A client certificate for {host} is missing or refused",
        explanation=(
            "{host} demands a client certificate, a file by which this machine proves who it is, and there "
            "is none, it is incomplete, or it was not accepted. The three secrets have no place for one, so "
            "the login that Codespaces makes by itself cannot work here."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry for an address that needs no client certificate.",
            ),
            Step(
                "If there is none, ask for a certificate with its key, and put both where the Docker Engine "
                "looks for them. The command shows what is there now.",
                command="ls -l /etc/docker/certs.d/{address}/",
                url=_CERTIFICATES,
            ),
            Step(
                "Then log in by hand; the command asks for the user name and the password.",
                command='docker login "{right_server}"',
            ),
        ),
    ),
    Cause(
        id="clock-skew",
        family=FAMILY,
        title="The clocks of this machine and {host} disagree",
        explanation=(
            "The two clocks are more than five minutes apart, so good certificates and signed requests look "
            "too old or too new and are refused. Most likely this machine's clock is wrong, for instance "
            "after a long pause."
        ),
        steps=(
            _COMPARE_CLOCKS,
            _NEW_CLOCK,
            Step("If it is the registry's clock that is wrong, tell whoever runs it."),
            AGAIN,
        ),
    ),
    Cause(
        id="redirect-blob-blocked",
        family=FAMILY,
        title="The storage behind {host} cannot be reached",
        explanation=(
            "{host} answered, but the other host where it keeps the contents of its images cannot be "
            "reached. Most likely a firewall or proxy lets the one through and not the other. Your user name "
            "and password are not the reason."
        ),
        steps=(
            Step(
                "See which host that is.",
                command="regdoctor report {selection} --trace",
            ),
            Step(
                "Ask whoever runs the firewall or proxy to let that host through too. The registry's "
                "documentation may list all of its hosts.",
                url="{documentation}",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="timeout-overall",
        family=FAMILY,
        title="Time ran out while asking {host}",
        explanation=(
            "{host} had not given a full answer when the time ran out. Most likely the registry or the "
            "network is slow just now. Your user name and password were neither accepted nor refused."
        ),
        steps=(
            Step("Allow more time.", command="regdoctor report {selection} --timeout 60"),
            _TRACE,
            ELSEWHERE,
        ),
    ),
    Cause(
        id="registry-unavailable",
        family=FAMILY,
        title="Server error at {registry}: {status}",
        explanation=(
            "The server answered with {status}, which means that the fault is its own. Your user name and "
            "password were neither accepted nor refused. Most such faults pass by themselves."
        ),
        steps=(
            Step(
                "Wait a few minutes, then check again.",
                command="regdoctor report {selection}",
            ),
            Step(
                "See whether the vendor reports an outage. This page is for GitHub's own registries.",
                url="https://www.githubstatus.com/",
            ),
        ),
    ),
    Cause(
        id="not-a-registry",
        family=FAMILY,
        title="No container registry answers at {host}",
        explanation=(
            "The server at {host} does not answer as a container registry does. Most likely "
            "{server_variable} names the vendor's web site or another of its services. Or a proxy or a "
            "sign-in page answers in the registry's place."
        ),
        steps=(
            Step(
                "Look at your image's name: the part before its first slash is the host name. A registry of "
                "your own may need a port after it.",
                url="{documentation}",
            ),
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="mtu-blackhole",
        family=FAMILY,
        title="Large packets to {host} seem to get lost",
        explanation=(
            "Short messages to {host} arrive and longer ones vanish, so connections begin and then hang. "
            "Most likely a part of the way, often a private network (VPN), carries only packets smaller than "
            "this machine sends, and the notice of it is blocked. That size limit is called the MTU."
        ),
        steps=(
            Step(
                "See the size limits (mtu) of this machine's network interfaces.",
                command="ip link show",
            ),
            Step(
                "Lower the limit of the interface in use, here eth0; it lasts until the next start.",
                command="sudo ip link set dev eth0 mtu 1400",
            ),
            AGAIN,
            Step(
                "If that helps, tell whoever runs the private network: the limit is best set there.",
            ),
        ),
    ),
    Cause(
        id="rate-limited",
        family=FAMILY,
        title="Too many requests: {registry} asks for a pause",
        explanation=(
            "The registry allows each account or address a number of requests in a certain time, and they "
            "are used up. Without a login, everyone at one address shares its limit, and codespaces can "
            "share an address. Whether your user name and password are good is not known."
        ),
        steps=(
            Step(
                "Wait before you try again, as further attempts may count too. The vendor's page may say how "
                "long.",
                url="{documentation}",
            ),
            Step(
                "Then check again.",
                command="regdoctor report {selection}",
            ),
            Step(
                "If it happens often, make sure that pulls use the login, or ask the vendor for a higher "
                "limit.",
            ),
        ),
    ),
    Cause(
        id="realm-not-trusted",
        family=FAMILY,
        title="Login not sent: {realm} is not trusted",
        explanation=(
            "{host} says that {realm} checks its logins, and the password was not sent there. That host has "
            "no visible tie to the registry, or the connection to it is not encrypted, so the password could "
            "get into the wrong hands."
        ),
        steps=(
            Step(
                "Check that {server_variable} is spelt right.",
                url="{documentation}",
            ),
            Step(
                "Ask whoever runs the registry whether that host is theirs, and to use HTTPS for it.",
            ),
            Step(
                "Only if it is theirs, log in by hand; the command asks for the user name and the password.",
                command='docker login "{right_server}"',
            ),
        ),
    ),
)

NOT_READ = Cause(
    id="timeout-overall",
    family=FAMILY,
    title="Not read in the time allowed: {file}",
    explanation=(
        "{file} was not read to its end when the time ran out. Most likely it is on a network share or disk "
        "that hangs, or it is a pipe that nobody closes. What it would have told is missing from this report."
    ),
    steps=(
        Step("See whether the file answers at all.", command="ls -l '{file}'"),
        Step("Allow more time.", command="regdoctor report --timeout 60"),
    ),
)

VARIANTS: tuple[Cause, ...] = (NOT_READ,)
"""That time ran out, said of a file."""
