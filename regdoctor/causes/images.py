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
    "Open the repository on the registry's own pages, signed in as the user who pulls, and compare its "
    "name letter by letter with the image's name.",
    url="{documentation}",
)
WHERE_IT_STANDS = Step(
    "Find the files that name images.",
    command=(
        "grep -rnsE '\"image\"|^ *image:|^FROM |COPY --from' .devcontainer .devcontainer.json Dockerfile "
        "compose.yaml docker-compose.yml"
    ),
)

LOGIN_IS_GOOD = (
    "This repository is not open to this login. The login itself was accepted a moment ago, so the user name "
    "and the password are good; who can pull is decided for each repository."
)
"""What there is to say of a pull that is denied after a login that was not."""

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="pull-denied",
        family=FAMILY,
        title="This login is not allowed to pull {repository}",
        explanation=(
            "The registry refused to hand out {repository} to this login. Most likely the user name and the "
            "password are good, and this repository is not open to them. Registries say the same of a "
            "repository that does not exist, and often of a pull that was sent without any login: the words "
            "alone cannot tell these apart, but regdoctor report can tell whether the login is good."
        ),
        steps=(
            Step(
                "See whether the login works. If it does not, fix that first: it explains the rest.",
                command="regdoctor report",
            ),
            _COMPARE,
            Step(
                "If the name is right, ask the owner of the repository to give {user} read access. A team, a "
                "robot account or a service account needs it as well.",
            ),
            Step(
                "If the token is limited to public images, which is Docker Hub's default, or to other "
                "repositories, create one that can read this one. Needed: {credential}.",
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
            "GitHub did not let this codespace or workflow use the image, which GitHub calls a package. A "
            "private package is open to them only if it inherits access from its repository, or if its "
            "settings name theirs. Most likely it was pushed with somebody's own token, belongs to another "
            "repository, or lost its link when a repository was moved. The words permission_denied: "
            "read_package or write_package mean this; a plain denied is just as often an expired token."
        ),
        steps=(
            Step(
                "See which repository this codespace belongs to.",
                command="printenv GITHUB_REPOSITORY",
            ),
            Step(
                "On GitHub, open the package > Package settings > Manage Codespaces access > Add repository, "
                "and add that repository. Only an administrator of the package can do this.",
                url=_PACKAGE_ACCESS,
            ),
            Step(
                "If a workflow failed, add the repository under Manage Actions access instead: with the role "
                "Read for pulls, or Write for pushes.",
            ),
            Step(
                "If the package belongs to this very repository, tick Inherit access from source repository "
                "instead. GitHub does not do that by itself when a package is linked after it was published.",
            ),
            Step(
                "If you cannot change any of this, store the login of a user who can read the package as a "
                "set of three secrets: ghcr.io, the user name, and a personal access token (classic) with "
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
        title="No such repository at {registry}",
        explanation=(
            "The registry answered that {repository} does not exist. Most likely the name is misspelt, or "
            "the repository was renamed, deleted or never created, or is in another account, project or "
            "region. Some registries say the same of a private repository that this login cannot see, so the "
            "name can be right and a permission missing. If only the tag were missing, most would say "
            "manifest unknown instead."
        ),
        steps=(
            _COMPARE,
            Step(
                "Look for a part of the name that is doubled or missing: the host stands once, at the front, "
                "and without a host the image is looked for at Docker Hub. A Dockerfile that copies from a "
                "stage that it does not have asks for an image of that name.",
            ),
            WHERE_IT_STANDS,
            Step(
                "If the name is right, ask the owner of the repository to give {user} read access.",
            ),
            Step(
                "If it was never created, create it before you push: AWS, as a rule, and Quay for robot "
                "accounts do not do that by themselves.",
                url="{documentation}",
            ),
            REPORT,
        ),
    ),
    Cause(
        id="tag-not-found",
        family=FAMILY,
        title="No tag {tag} in {repository}",
        explanation=(
            "{repository} has no image with the tag {tag}, although the registry let the request in, so the "
            "login is usually good. Most likely the tag is misspelt, was never pushed, or was deleted by a "
            "clean-up rule. Without a tag, an image's name means the tag latest, which exists only if "
            "somebody pushed it. ghcr.io and a few others can say the same of a repository that does not "
            "exist or is not open to this login."
        ),
        steps=(
            Step(
                "Look at the list of tags on the registry's own pages, signed in as the user who pulls.",
                url="{documentation}",
            ),
            WHERE_IT_STANDS,
            Step(
                "Put an existing tag into the image's name, or push the missing one.",
            ),
            REPORT,
        ),
    ),
    Cause(
        id="push-denied",
        family=FAMILY,
        title="This login is not allowed to push to {repository}",
        explanation=(
            "The registry refused the push, which needs a permission of its own: a login that can pull may "
            "lack it. Most likely the token is read-only, or the image's name lacks your account and so "
            "points to somebody else's repository, as in docker push app instead of docker push octocat/app. "
            "Some registries say the same of a repository that must be created first. regdoctor never "
            "pushes, so its report cannot tell."
        ),
        steps=(
            Step(
                "See under which name you pushed the image: the registry and the account in it must be "
                "yours.",
                command="docker image ls",
            ),
            Step(
                "If they are not, give the image the right name: replace <OLD> and <NEW>.",
                command="docker tag '<OLD>' '<NEW>'",
                url="https://docs.docker.com/reference/cli/docker/image/tag/",
            ),
            Step(
                "Otherwise create a token that can write, or ask the owner of the repository to let {user} "
                "push. ghcr.io needs a personal access token (classic) with write:packages, in a codespace "
                "too.",
                url="{credential_page}",
            ),
            Step(
                "Log in with it and push again; the command asks for the user name and the password.",
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
            "The account or project has used up what it was granted, such as storage, traffic or private "
            "repositories. This has nothing to do with the user name and the password. It does not pass "
            "within hours, unlike a limit on the number of pulls (rate limit). Docker Hub can lock private "
            "repositories beyond its plan, and then says only that access is denied."
        ),
        steps=(
            Step(
                "See on the registry's own pages what is used up; its words, shown with this finding, may "
                "tell.",
                url="{documentation}",
            ),
            Step(
                "Delete images that nobody needs, and run the registry's clean-up.",
            ),
            Step(
                "If that is not enough, ask whoever pays for or manages the registry for a larger quota; "
                "monthly traffic also returns with the next month.",
            ),
            REPORT,
        ),
    ),
    Cause(
        id="image-platform-mismatch",
        family=FAMILY,
        title="The image is not built for {platform}",
        explanation=(
            "The image exists, but not for {platform}: an image is built for certain platforms, which are an "
            "operating system and a kind of processor. The registry, the login and the name are good. Most "
            "likely it was built on another kind of machine: a Mac with an Apple processor builds for "
            "linux/arm64, and codespaces usually run linux/amd64. A container that stops at once with exec "
            "format error has the same fault."
        ),
        steps=(
            Step(
                "See which platforms the image is built for, and compare with this machine: x86_64 means "
                "linux/amd64, aarch64 means linux/arm64.",
                command="uname -m; docker buildx imagetools inspect '{image}'",
            ),
            Step(
                "If the image is yours, build and push it for both.",
                command=("docker buildx build --platform linux/amd64,linux/arm64 --tag '{image}' --push ."),
                url="https://docs.docker.com/build/building/multi-platform/",
            ),
            Step(
                "If not, look for a tag that is built for this machine, or ask its makers.",
                url="{documentation}",
            ),
        ),
    ),
    Cause(
        id="invalid-reference",
        family=FAMILY,
        title="The image's name cannot be right",
        explanation=(
            "The image's name is wrong: it should be a host, a path and a tag, as in "
            "ghcr.io/octocat/app:1.0. Most likely it holds a capital letter outside the tag, a space or "
            "https://, or a variable in it was empty, which leaves names such as app: or octocat/ behind. A "
            "misspelt host, such as ghrc.io for ghcr.io, counts too: a stranger's machine may answer there. "
            "A wrong path at the right host shows as a repository that does not exist instead."
        ),
        steps=(
            WHERE_IT_STANDS,
            Step(
                "Write it in lower case, without https:// and without spaces. Only a tag may have capitals.",
                url="https://docs.docker.com/reference/cli/docker/image/tag/",
            ),
            Step(
                "If a Compose file puts the name together from variables, see what becomes of them.",
                command="docker compose config --images",
            ),
            REPORT,
        ),
    ),
    Cause(
        id="request-too-large",
        family=FAMILY,
        title="A layer of the image is too large for {host}",
        explanation=(
            "The push was refused, because a layer, which is one part of the image, is larger than {host} "
            "takes in one request. Most likely the limit comes from a proxy or load balancer in front of the "
            "registry; nginx, for one, takes only 1 MB unless told otherwise. The login has nothing to do "
            "with it, and pulls are not affected."
        ),
        steps=(
            Step(
                "Ask whoever runs the registry to raise the limit in every proxy in front of it. In nginx, "
                "the line client_max_body_size 0; removes it.",
                url="https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size",
            ),
            Step(
                "See how large the layers are.",
                command="docker history '{image}'",
            ),
            Step(
                "If the limit stays, make the layers smaller: split large COPY and RUN lines of the "
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
            "The image did not fit on the disk; unpacked, it needs several times the size that the registry "
            "shows. Most likely older images, stopped containers and leftovers of builds fill the disk. If a "
            "push failed, the full disk may be the registry's."
        ),
        steps=(
            Step(
                "See which disk is full, and how much of it docker uses.",
                command="df -h; docker system df",
            ),
            Step(
                "Remove stopped containers, unused networks, images without a name and leftovers of builds. "
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
                "Choose one with a larger disk: replace <MACHINE> with its name.",
                command="gh codespace edit --codespace \"$CODESPACE_NAME\" --machine '<MACHINE>'",
                url=(
                    "https://docs.github.com/codespaces/customizing-your-codespace/"
                    "changing-the-machine-type-for-your-codespace"
                ),
            ),
        ),
    ),
)

DIGEST_NOT_FOUND: Cause = next(cause for cause in CAUSES if cause.id == "tag-not-found").but(
    title="No image with that digest in {repository}",
    explanation=(
        "{repository} has no image with the digest {tag}, though the registry let the request in. Most "
        "likely the image was deleted: many registries remove what no tag points to any more, for instance "
        "after a tag is pushed again. Or the digest belongs to the same image in another repository or "
        "registry, where it can differ."
    ),
    steps=(
        Step(
            "See which digest the tag that you mean has now.",
            command="docker buildx imagetools inspect '{image}'",
        ),
        WHERE_IT_STANDS,
        Step("Put that digest, or just the tag, into the image's name."),
        REPORT,
    ),
)

VARIANTS: tuple[Cause, ...] = (DIGEST_NOT_FOUND,)
"""A missing image, said where it is named by a digest."""
