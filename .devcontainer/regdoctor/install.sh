#!/bin/sh
# Installs regdoctor for every user of a dev container, from the single file beside this script: into folders of its
# own under /usr/local, so that nothing of the image's own Python is touched. It runs as root while the image is built.
set -eu

prefix=/usr/local
single_file="$(dirname -- "$0")/regdoctor.pyz"

say() { echo "regdoctor: $*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# The path of a Python that regdoctor runs on, if there is one.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 /usr/local/python/current/bin/python3; do
        found="$(command -v "$name")" || continue
        if "$found" -c 'import sys, ssl, zipfile; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$found"
            return
        fi
    done
    return 1
}

# Packages of the image's distribution: the certificates that it trusts, and Python. Some name a newer Python apart.
install_python() {
    if has apt-get; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update
        apt-get install --yes --no-install-recommends ca-certificates python3
        find_python >/dev/null || apt-get install --yes --no-install-recommends python3.11
        rm -rf /var/lib/apt/lists/*
    elif has apk; then
        apk add --no-cache ca-certificates python3
    elif has dnf; then
        dnf install --assumeyes ca-certificates python3
        find_python >/dev/null || dnf install --assumeyes python3.11
    else
        say "this image has neither apt-get nor apk nor dnf to install Python with"
        return 1
    fi
}

if [ ! -f "$single_file" ]; then
    say "regdoctor.pyz has to be built beside install.sh first:"
    say "python3 .github/single_file/build.py .devcontainer/regdoctor/regdoctor.pyz"
    exit 1
fi
if ! python="$(find_python)"; then
    say "installing Python"
    install_python
    if ! python="$(find_python)"; then
        say "it needs Python 3.11 or later, which this image does not offer; add the Feature python before it"
        exit 1
    fi
fi

# Unpacked and compiled, it starts faster than out of one file.
rm -rf "$prefix/lib/regdoctor"
mkdir -p "$prefix/bin" "$prefix/lib/regdoctor"
"$python" -m zipfile -e "$single_file" "$prefix/lib/regdoctor"
"$python" -m compileall -q --invalidation-mode unchecked-hash "$prefix/lib/regdoctor"
cat >"$prefix/bin/regdoctor" <<EOF
#!/bin/sh
exec "$python" -I "$prefix/lib/regdoctor" "\$@"
EOF
chmod 755 "$prefix/bin/regdoctor"

# add_completions SHELL FILE: what a shell completes its words by, where that shell looks for it
add_completions() {
    mkdir -p "$prefix/share/${2%/*}"
    "$prefix/bin/regdoctor" completions "$1" >"$prefix/share/$2"
}
add_completions bash bash-completion/completions/regdoctor
add_completions zsh zsh/site-functions/_regdoctor
add_completions fish fish/vendor_completions.d/regdoctor.fish

say "installed $("$prefix/bin/regdoctor" --version), with $python"
