"""Causes on the way to the registry, and in the registry itself."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import AGAIN, ELSEWHERE, ENTER_SERVER, NEW_MACHINE, PRIVATE_NETWORK, RESTART
from regdoctor.model import Step

FAMILY = "Network"

_CERTIFICATES = "https://docs.docker.com/engine/security/certificates/"
_ENGINE_PROXY = Step(
    "If docker itself fails as well, give the Docker Engine the same settings: it has its own.",
    url="https://docs.docker.com/engine/daemon/proxy/",
)
_COMPARE_CLOCKS = Step(
    "Compare this machine's clock with that of another server. The two times must not differ by minutes.",
    command="date -u; curl -sI https://github.com | grep -i '^date:'",
)
_NEW_CLOCK = Step(
    "If this machine's clock is wrong, stop this codespace and start it again: it comes back on another "
    "machine.",
    command=NEW_MACHINE.command,
    url=NEW_MACHINE.url,
)
_PROXY_VALUE = Step(
    "Look at the proxy's address. It may hold a password, so do not pass it on.",
    command="printenv {proxy_variable}",
)
_TRACE = Step(
    "See which call takes its time or fails.",
    command="regdoctor report {selection} --trace",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="dns-not-found",
        family=FAMILY,
        title="No address is known for {host}",
        explanation=(
            "The name service (DNS), which turns host names into addresses, answers that it knows no such "
            "name. Most likely the name in {server_variable} is misspelt, or the registry was renamed or "
            "deleted. If the name is known elsewhere, say in your office, it belongs to a private network "
            "that this machine is not part of."
        ),
        steps=(
            Step(
                "Compare the name letter by letter with the one that the registry's own pages show.",
                url="{documentation}",
            ),
            ELSEWHERE,
            PRIVATE_NETWORK,
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="dns-failure",
        family=FAMILY,
        title="The name service gives no answer about {host}",
        explanation=(
            "To reach {host}, its address has to be asked of the name service (DNS), and that one failed "
            "or stayed silent. So nothing is known about the registry or your secrets. Most likely the "
            "network of this machine is disturbed for a while, or its name service is set up wrongly."
        ),
        steps=(
            Step(
                "See whether any name can be looked up. No output means that none can.",
                command="getent hosts github.com",
            ),
            Step("See which name servers this machine asks.", command="cat /etc/resolv.conf"),
            NEW_MACHINE,
            AGAIN,
        ),
    ),
    Cause(
        id="tcp-refused",
        family=FAMILY,
        title="No service answers at {host} on port {port}",
        explanation=(
            "The machine behind the name turned the connection down, which it does when nothing listens on "
            "that port. Most likely the port is another one, or the registry is stopped; a firewall can "
            "answer in this way too. Nothing was sent."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry for its port. A server without a port means 443; any other "
                "stands after the host, as in registry.example.com:5000."
            ),
            ELSEWHERE,
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="tcp-timeout",
        family=FAMILY,
        title="No answer from {host} on port {port}",
        explanation=(
            "The attempt to connect met with silence until the time was up. Most likely a firewall drops "
            "the connection, because the registry is open to a private network or to chosen addresses "
            "only, and a codespace has no fixed address. If it is open to all, it is down, or the network "
            "in between is."
        ),
        steps=(
            ELSEWHERE,
            PRIVATE_NETWORK,
            Step(
                "Otherwise ask whoever runs the registry whether it is up, and from where it can be reached."
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="tcp-reset",
        family=FAMILY,
        title="The connection to {host} was cut off",
        explanation=(
            "The connection came about and was then cut, by the host itself or by something in between, "
            "such as a firewall, a proxy or a load balancer. If it happens once, it is most likely a "
            "passing fault. If it happens every time, a rule on the way forbids the connection."
        ),
        steps=(AGAIN, ELSEWHERE, PRIVATE_NETWORK),
    ),
    Cause(
        id="network-unreachable",
        family=FAMILY,
        title="This machine has no way to {host}",
        explanation=(
            "The operating system knows no route to the address of {host}, or forbids its use. Most likely "
            "a private network (VPN) is not connected, or the address is an IPv6 one and this machine has "
            "IPv4 only. Nothing was sent."
        ),
        steps=(
            Step(
                "See whether this machine reaches the network at all: this prints a line of HTTP.",
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
        title="No connection comes about through {proxy}",
        explanation=(
            "The variable {proxy_variable} tells programs to go through {proxy}, which is to pass their "
            "requests on. It could not be reached, or it did not pass this one on. The registry itself has "
            "not been asked, so nothing is known about it or about your secrets."
        ),
        steps=(
            _PROXY_VALUE,
            Step(
                "See whether the registry can be reached without it.",
                command="env -u {proxy_variable} regdoctor report {selection}",
            ),
            Step(
                "If it can, add its host to NO_PROXY, the list of hosts that need no proxy. If not, ask "
                "whoever runs the proxy whether it lets {host} through.",
                command='export NO_PROXY="$NO_PROXY,{address}"',
            ),
            _ENGINE_PROXY,
        ),
    ),
    Cause(
        id="proxy-auth-required",
        family=FAMILY,
        title="A login of its own is wanted by {proxy}",
        explanation=(
            "The variable {proxy_variable} tells programs to go through {proxy}, which is to pass their "
            "requests on. It does so only for users that it knows, and the address in the variable has no "
            "user and password for it, or not the right ones. The registry has not been asked yet."
        ),
        steps=(
            Step("Ask whoever runs the proxy for a user and a password, or for a proxy that needs none."),
            Step(
                "Store the address with both, as in http://USER:PASSWORD@HOST:PORT; the command asks for "
                "it. A character such as @, : or / in the password has to be written as its percent code, "
                "as in %40 for @.",
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
            "A server proves who it is by a certificate, and this one was issued by an authority (CA) that "
            "this machine does not know. Most likely the registry uses a certificate of its own making or "
            "of a company's private CA. If the issuer is a proxy or a security product, it opens the "
            "encrypted traffic on its way. The user name and the password were not sent."
        ),
        steps=(
            Step("Ask whoever runs the registry whether the issuer is right, and for its CA certificate."),
            Step(
                "Try the certificate, saved as ca.crt.",
                command="regdoctor report {selection} --ca-file ca.crt",
            ),
            Step(
                "If that works, let the Docker Engine trust it.",
                command="sudo install -D -m 644 ca.crt /etc/docker/certs.d/{address}/ca.crt",
                url=_CERTIFICATES,
            ),
            Step(
                "The image of the codespace itself is pulled before this container exists, so that a CA "
                "installed here comes too late for it. If you need such an image, ask for a certificate of "
                "a public CA."
            ),
        ),
    ),
    Cause(
        id="tls-expired",
        family=FAMILY,
        title="The certificate of {host} has expired",
        explanation=(
            "A server proves who it is by a certificate that is good for a certain time, and by this "
            "machine's clock that time has passed. Most likely its renewal was forgotten; if this "
            "machine's clock is wrong, the certificate may be good. The user name and the password were "
            "not sent."
        ),
        steps=(
            _COMPARE_CLOCKS,
            Step("If the clock is right, ask whoever runs the registry to renew its certificate."),
            AGAIN,
        ),
    ),
    Cause(
        id="tls-not-yet-valid",
        family=FAMILY,
        title="The certificate of {host} is not valid yet",
        explanation=(
            "A server proves who it is by a certificate that is good for a certain time, and by this "
            "machine's clock that time has yet to begin. Most likely this machine's clock is slow, or the "
            "certificate was made only just now. The user name and the password were not sent."
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
            "A server proves who it is by a certificate made out to its names, and {host} is not one of "
            "them. Most likely the registry has another official name than the one in {server_variable}. "
            "Otherwise the name leads to the wrong machine, for instance by an old line in the hosts file. "
            "The user name and the password were not sent."
        ),
        steps=(
            Step(
                "See whether the hosts file of this machine sends the name astray.",
                command="grep -v '^#' /etc/hosts",
            ),
            Step("Take a name of the registry that its certificate lists.", url="{documentation}"),
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="tls-plain-http",
        family=FAMILY,
        title="No encryption at {host}: it speaks plain HTTP",
        explanation=(
            "A registry is asked over HTTPS, which is encrypted, and the answer came in plain HTTP, which "
            "is not. Most likely the registry has another port for HTTPS, or it was set up without "
            "encryption. The user name and the password were not sent, as everyone on the way could have "
            "read them."
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
        title="This machine and {host} agree on no encryption",
        explanation=(
            "Both sides have to agree on a form of encryption (TLS) before anything is sent, and they "
            "found none. Most likely the server, or a firewall or load balancer before it, is old or set "
            "up wrongly. It can also be a port where no encryption is spoken at all."
        ),
        steps=(
            Step("See what the server says to another program.", command="curl -sSvI https://{address}/v2/"),
            Step(
                "Ask whoever runs the registry whether the port is right and whether TLS 1.2 or later is "
                "switched on."
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="tls-timeout",
        family=FAMILY,
        title="Silence from {host} while encryption was set up",
        explanation=(
            "The connection came about, and the exchange that sets up its encryption (TLS) was never "
            "finished. Most likely the server is overloaded, or a firewall or proxy on the way holds the "
            "exchange back. A private network (VPN) that loses large packets looks the same."
        ),
        steps=(AGAIN, ELSEWHERE, PRIVATE_NETWORK),
    ),
    Cause(
        id="tls-client-cert",
        family=FAMILY,
        title="A client certificate for {host} is missing or refused",
        explanation=(
            "Besides a user name and a password, this connection takes a client certificate: a file by "
            "which the asking machine proves who it is. There is none, it is incomplete, or it was not "
            "accepted. The three secrets of Codespaces have no place for one, so the login that Codespaces "
            "makes by itself cannot succeed here."
        ),
        steps=(
            Step("Ask whoever runs the registry for an entrance without client certificates."),
            Step(
                "If there is none, ask for a certificate with its key, and put both where the Docker "
                "Engine looks for them. The command shows what is there now.",
                command="ls -l /etc/docker/certs.d/{address}/",
                url=_CERTIFICATES,
            ),
            Step(
                "Then log in by hand; the command asks for the user and the password.",
                command='docker login "{right_server}"',
            ),
        ),
    ),
    Cause(
        id="clock-skew",
        family=FAMILY,
        title="The clocks of this machine and {host} disagree",
        explanation=(
            "The two clocks are more than five minutes apart. Certificates and signed requests carry "
            "times, so that by a wrong clock good ones look too old or too new and are refused. Most "
            "likely it is this machine's clock, for instance after a long pause."
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
            "A registry often keeps the contents of its images on another host, and sends whoever pulls "
            "one on to there. The registry answers, and that other host cannot be reached. Most likely a "
            "firewall or proxy lets through the one and not the other; your user name and password are not "
            "the reason."
        ),
        steps=(
            _TRACE,
            Step(
                "Ask whoever runs the firewall or proxy to let that host through as well. The registry's "
                "documentation may list all of its hosts.",
                url="{documentation}",
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="timeout-overall",
        family=FAMILY,
        title="No result from {host} in the time allowed",
        explanation=(
            "The time ran out before the exchange with {host} had come to an end. Most likely the registry "
            "or the network is slow just now. Your user name and password were neither accepted nor "
            "refused."
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
        title="Trouble on the side of {registry}: {status}",
        explanation=(
            "The server answered with {status}, by which it says that the fault is its own. Your user name "
            "and password were neither accepted nor refused. Most faults of this kind pass by themselves."
        ),
        steps=(
            Step(
                "See whether the vendor reports an outage. For GitHub's own registries, look here.",
                url="https://www.githubstatus.com/",
            ),
            Step("Wait some minutes, then run the diagnosis again.", command="regdoctor report {selection}"),
        ),
    ),
    Cause(
        id="not-a-registry",
        family=FAMILY,
        title="What answers at {host} is no container registry",
        explanation=(
            "A registry answers under the path /v2/ in a form of its own, and this server answers "
            "otherwise. Most likely {server_variable} names the vendor's web page or another of its "
            "services. It can also be a proxy or a sign-in page that answers in the registry's place."
        ),
        steps=(
            Step(
                "Take the part before the first slash of your image's name: that is the host name. A "
                "registry that you run yourself may have a port of its own.",
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
            "Short messages arrive and longer ones vanish, so that connections begin and then hang. Most "
            "likely a part of the way, often a private network (VPN), carries only packets smaller than "
            "those that this machine sends, and the notice of it is blocked. That size limit is called the "
            "MTU."
        ),
        steps=(
            Step("See the size limits of this machine's network interfaces.", command="ip link show"),
            Step(
                "Lower that of the interface in use, here eth0, and see whether the connection holds. The "
                "change lasts until the next start.",
                command="sudo ip link set dev eth0 mtu 1400",
            ),
            AGAIN,
            Step("If that helps, tell whoever runs the private network: the size is best set there."),
        ),
    ),
    Cause(
        id="rate-limited",
        family=FAMILY,
        title="Too many requests: {registry} asks for a pause",
        explanation=(
            "The registry allows each account or address a number of requests in a certain time, and they "
            "are used up. Without a login, all who come from one address share its limit, and codespaces "
            "may share an address. Whether your user name and password are good was not decided."
        ),
        steps=(
            Step(
                "Wait before the next attempt, for every further one may count as well.",
                url="{documentation}",
            ),
            Step("Then run the diagnosis again.", command="regdoctor report {selection}"),
            Step(
                "If it happens often, make sure that pulls use the login, or ask the vendor for a higher "
                "limit."
            ),
        ),
    ),
    Cause(
        id="realm-not-trusted",
        family=FAMILY,
        title="The login would have gone to {realm}, which is not trusted",
        explanation=(
            "A registry says which server checks the user name and the password, and {host} names {realm}. "
            "That host has no visible tie to the registry, or the connection to it is not encrypted, so "
            "that the password could get into the wrong hands. It was not sent."
        ),
        steps=(
            Step("Make sure that {server_variable} is spelt right.", url="{documentation}"),
            Step("Ask whoever runs the registry whether that host is theirs, and to offer it over HTTPS."),
            Step(
                "If it is, and only then, log in by hand; the command asks for the user and the password.",
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
        "The time ran out before this machine had handed out all that stands there. Most likely it is on a "
        "network share or a disk that hangs, or it is a pipe that nobody ends. What it would have told is "
        "missing from this report."
    ),
    steps=(
        Step("See whether this machine answers at all when it is asked for it.", command="ls -l '{file}'"),
        Step("Allow more time.", command="regdoctor report --timeout 60"),
    ),
)

VARIANTS: tuple[Cause, ...] = (NOT_READ,)
"""That time ran out, said of a file."""
