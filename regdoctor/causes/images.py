"""Causes in the image that is asked for, and in the right to it."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import REPORT, RESTART, SECRETS_PAGE, STORE_PASSWORD, TRY
from regdoctor.model import Step

FAMILY = "Images"

_PACKAGE_ACCESS = (
    "https://docs.github.com/packages/learn-github-packages/"
    "configuring-a-packages-access-control-and-visibility"
)
_COMPARE = Step(
    "Open the repository on the registry's own pages, signed in as the user of the set, and compare its "
    "name letter by letter with the one in the image's name.",
    url="{documentation}",
)
_WHERE_IT_STANDS = Step(
    "Find the files that name images.",
    command=(
        "grep -rnsE '\"image\"|^ *image:|^FROM |COPY --from' .devcontainer .devcontainer.json Dockerfile "
        "compose.yaml docker-compose.yml"
    ),
)

LOGIN_IS_GOOD = (
    "The login itself was accepted a moment ago, so the user name and the password are good. What may be "
    "pulled is decided for each repository, and this one is not open to this login."
)
"""What there is to say of a pull that is denied after a login that was not."""

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="pull-denied",
        family=FAMILY,
        title="This login may not pull from {repository}",
        explanation=(
            "A login shows who you are; what you may pull is decided for each repository. Most likely the "
            "user name and the password are good, and this repository is not open to them. Registries use "
            "the same words for a repository that does not exist, so that nobody can find out by guessing, "
            "and often for a pull that went out without any login. The words alone cannot tell these apart; "
            "regdoctor report can tell whether the login is good."
        ),
        steps=(
            Step(
                "See whether the login works. If it does not, mend that first: it explains the rest.",
                command="regdoctor report",
            ),
            _COMPARE,
            Step(
                "If the name is right, ask whoever owns the repository to let {user} read it. A team, a "
                "robot account or a service account has to be given the right as well."
            ),
            Step(
                "If the token is limited to public images, which is the default at Docker Hub, or to "
                "other repositories, make one that may read this one. What the registry takes: {credential}.",
                url="{credential_page}",
            ),
            TRY,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="package-not-linked",
        family=FAMILY,
        title="The GitHub package is not open to this repository or codespace",
        explanation=(
            "GitHub calls an image a package and keeps a list of who may use it with the package itself. "
            "A codespace or a workflow gets at a private one only if the package inherits the access of "
            "its repository, or names it. Most likely the package was pushed with somebody's own token, "
            "belongs to another repository, or lost its link when a repository was moved. The words "
            "permission_denied: read_package or write_package mean this; a mere denied is just as often a "
            "token that has expired."
        ),
        steps=(
            Step("See which repository this codespace belongs to.", command="printenv GITHUB_REPOSITORY"),
            Step(
                "Open the package on GitHub, choose Package settings, and under Manage Codespaces access "
                "add that repository. This takes an administrator of the package.",
                url=_PACKAGE_ACCESS,
            ),
            Step(
                "If it was a workflow that failed, add the repository under Manage Actions access instead: "
                "with the role Read for pulls, or Write for pushes."
            ),
            Step(
                "If the package belongs to this very repository, tick Inherit access from repository "
                "instead. GitHub does not do that by itself when a package is connected afterwards."
            ),
            Step(
                "If you may change none of this, store a login of a user who may read the package as a set "
                "of three secrets: ghcr.io, the user's name, and a personal access token (classic) with "
                "read:packages.",
                url=SECRETS_PAGE,
            ),
            RESTART,
            REPORT,
        ),
    ),
    Cause(
        id="repository-not-found",
        family=FAMILY,
        title="{registry} knows no such repository",
        explanation=(
            "To the request for {repository} came the answer that there is none of that name. Most "
            "likely it is misspelt, was renamed or deleted, has not been created yet, or lies in another "
            "account, project or region. Some registries say the same of a private repository that this "
            "login may not see, so the name can be right and the permission missing. Of a repository that "
            "exists and lacks only the tag, most say something else: manifest unknown."
        ),
        steps=(
            _COMPARE,
            Step(
                "Look for a part that is there twice or not at all: the host belongs at the front once, and "
                "an image without a host is looked for at Docker Hub. A Dockerfile that takes files from "
                "a stage which it does not have asks for an image of that name."
            ),
            _WHERE_IT_STANDS,
            Step(
                "If it has yet to be created, create it before you push: AWS, as a rule, and Quay for robot "
                "accounts do not do that by themselves.",
                url="{documentation}",
            ),
            Step("If the name is right, ask whoever owns the repository to let {user} read it."),
            REPORT,
        ),
    ),
    Cause(
        id="tag-not-found",
        family=FAMILY,
        title="There is no tag {tag} in {repository}",
        explanation=(
            "The registry let the request in and found no image under that tag or digest, so as a rule the "
            "login is good. Most likely the tag is misspelt, was never pushed, or was deleted by a rule "
            "that tidies up. A name without a tag means the tag latest, which is there only if somebody "
            "pushed it. ghcr.io and a few others can say the same of a repository that does not exist or "
            "is not open to this login."
        ),
        steps=(
            Step(
                "Look at the list of tags on the registry's own pages, signed in as the user of the set.",
                url="{documentation}",
            ),
            _WHERE_IT_STANDS,
            Step("Put a tag that exists into the image's name, or push the missing one."),
            REPORT,
        ),
    ),
    Cause(
        id="push-denied",
        family=FAMILY,
        title="This login may not push to {repository}",
        explanation=(
            "To push is a right of its own, and a login that pulls without trouble may lack it. Most likely "
            "the token was made for reading only, or the image's name lacks the account, so that it points "
            "to somebody else's repository, as in docker push app in place of docker push octocat/app. A "
            "repository that has to be created first gives the same answer at some registries. regdoctor "
            "never pushes, so its report cannot tell."
        ),
        steps=(
            Step(
                "See under which name the image was to be pushed. Name and account have to be yours.",
                command="docker image ls",
            ),
            Step(
                "If they are not, give it the right one: put the two names in place of <OLD> and <NEW>.",
                command="docker tag '<OLD>' '<NEW>'",
                url="https://docs.docker.com/reference/cli/docker/image/tag/",
            ),
            Step(
                "Otherwise make a token that may write, or ask whoever owns the repository to let {user} "
                "push. At ghcr.io it is a personal access token (classic) with write:packages, in a "
                "codespace too.",
                url="{credential_page}",
            ),
            Step(
                "Log in with it and push again; the command asks for the user and the password.",
                command='docker login "{right_server}"',
                url="https://docs.docker.com/reference/cli/docker/login/",
            ),
        ),
    ),
    Cause(
        id="quota-exceeded",
        family=FAMILY,
        title="The quota at {registry} is used up",
        explanation=(
            "A quota is what an account or project is granted: so much storage, so much traffic, so many "
            "private repositories. This one is spent, which has nothing to do with the user name and the "
            "password. It does not pass within hours, unlike a limit on the number of pulls, which "
            "registries call a rate limit. Docker Hub may lock private repositories beyond its plan and "
            "then merely say that access is denied."
        ),
        steps=(
            Step(
                "See on the registry's own pages what is used up; its words, shown with this finding, may "
                "tell.",
                url="{documentation}",
            ),
            Step("Delete images that nobody needs, and let the registry clear away what they leave."),
            Step(
                "If that is not enough, ask whoever pays for or looks after the registry for a larger "
                "quota, or wait for the next month if it is the month's traffic."
            ),
            REPORT,
        ),
    ),
    Cause(
        id="image-platform-mismatch",
        family=FAMILY,
        title="The image is not made for {platform}",
        explanation=(
            "An image is built for certain platforms, which are an operating system and a kind of "
            "processor, and this one is not built for {platform}. The registry, the login and the name are "
            "good. Most likely it was built on another kind of machine: a Mac with an Apple processor "
            "builds for linux/arm64, and codespaces run linux/amd64 as a rule. A container that starts and "
            "stops at once with exec format error has the same fault."
        ),
        steps=(
            Step(
                "See for which platforms the image is built, and compare with this machine: x86_64 is "
                "linux/amd64, and aarch64 is linux/arm64.",
                command="uname -m; docker buildx imagetools inspect '{image}'",
            ),
            Step(
                "If the image is yours, build and push it for both.",
                command=("docker buildx build --platform linux/amd64,linux/arm64 --tag '{image}' --push ."),
                url="https://docs.docker.com/build/building/multi-platform/",
            ),
            Step(
                "If it is not yours, look for a tag that is made for this machine, or ask its makers.",
                url="{documentation}",
            ),
        ),
    ),
    Cause(
        id="invalid-reference",
        family=FAMILY,
        title="The image's name cannot be right",
        explanation=(
            "An image's name is a host, a path and a tag, as in ghcr.io/octocat/app:1.0. Most likely this "
            "one holds a capital letter outside the tag, a space or https://, or a variable in it was empty, "
            "which leaves names such as app: or octocat/ behind. A misspelt host, as in ghrc.io for ghcr.io, "
            "counts as well: then a stranger's machine may answer. A wrong path at the right host is another "
            "matter, and shows as a repository that does not exist."
        ),
        steps=(
            _WHERE_IT_STANDS,
            Step(
                "If a Compose file puts the name together from variables, see what becomes of them.",
                command="docker compose config --images",
            ),
            Step(
                "Write it in lower case, without https:// and without spaces. Only a tag may have capitals.",
                url="https://docs.docker.com/reference/cli/docker/image/tag/",
            ),
            REPORT,
        ),
    ),
    Cause(
        id="request-too-large",
        family=FAMILY,
        title="A layer of the image is too large for {host}",
        explanation=(
            "An image is sent in parts, called layers, and one of them is larger than what is taken there in "
            "one request. Most likely the limit is not the registry's own but that of a proxy or load "
            "balancer in front of it; nginx, for one, takes 1 MB if it is told nothing else. The login has "
            "nothing to do with it, and pulls are not concerned."
        ),
        steps=(
            Step("See how large the layers are.", command="docker history '{image}'"),
            Step(
                "Ask whoever runs the registry to raise the limit in every proxy before it. In nginx the "
                "line client_max_body_size 0; lifts it.",
                url="https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size",
            ),
            Step(
                "If that cannot be done, make the layers smaller: split large COPY and RUN lines of the "
                "Dockerfile, and leave out what the image does not need.",
                url="https://docs.docker.com/build/building/best-practices/",
            ),
        ),
    ),
    Cause(
        id="disk-full",
        family=FAMILY,
        title="There is no space left on the disk",
        explanation=(
            "The image was on its way, and the disk could not take it. Unpacked, an image needs several "
            "times the space that the registry shows for it. Most likely older images, stopped containers "
            "and what builds leave behind fill the disk. If it was a push that failed, the full disk may be "
            "the registry's."
        ),
        steps=(
            Step(
                "See which disk is full, and how much of it docker takes.", command="df -h; docker system df"
            ),
            Step(
                "Remove stopped containers, unused networks, images without a name and what builds left. "
                "docker lists what goes and asks first.",
                command="docker system prune",
                url="https://docs.docker.com/engine/manage-resources/pruning/",
            ),
            Step(
                "If that is not enough, see which machines this codespace could have.",
                command=(
                    'gh api "/user/codespaces/$CODESPACE_NAME/machines" '
                    "--jq '.machines[] | .name, .display_name'"
                ),
            ),
            Step(
                "Take one with a larger disk, with its name in place of <MACHINE>.",
                command="gh codespace edit --codespace \"$CODESPACE_NAME\" --machine '<MACHINE>'",
                url=(
                    "https://docs.github.com/codespaces/customizing-your-codespace/"
                    "changing-the-machine-type-for-your-codespace"
                ),
            ),
        ),
    ),
)
