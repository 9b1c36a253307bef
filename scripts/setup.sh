#!/bin/sh
# Sets up everything in .venv beside this folder, and says what it does. Doing it again costs nothing.
#
#   scripts/setup.sh run     what `make run` needs
#   scripts/setup.sh test    the tools and the browser of `make test` as well
#
# PYTHON    the Python to build with (default: the newest from 3.11 up that is found)
# CHROMIUM  the browser to test with (default: one that is installed, else one is installed)
set -eu

UV_VERSION=0.13.9

say() { printf 'setup: %s\n' "$*"; }

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Prints the Python to build with, or fails with a sentence.
choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or newer." \
            "Set PYTHON to one that is, for example PYTHON=/usr/bin/python3.11, or leave it unset."
        echo "$PYTHON"
        return
    fi
    for name in python3.13 python3.12 python3.11 python3; do
        if is_new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    fail "No Python 3.11 or newer was found." \
        "Install one (Debian 12 or newer: apt install python3 python3-venv), or name it: PYTHON=/path/to/python3."
}

# Debian ships the venv module without what fills an environment (ensurepip) unless a package of its own is there.
check_venv_module() {
    if ! "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        fail "The venv module of $1 is missing." \
            "Install it: apt install python3-venv (or, for this version alone: apt install python$version-venv)."
    fi
}

venv_is_sound() { is_new_enough .venv/bin/python && .venv/bin/python -c 'import pip' >/dev/null 2>&1; }

make_venv() {
    if venv_is_sound; then
        return
    fi
    python=$(choose_python)
    check_venv_module "$python"
    say "making .venv with $("$python" --version 2>&1)"
    rm -rf .venv
    "$python" -m venv .venv || fail "$python could not make .venv; see its message above."
}

# Which state of the lock, the tools and the folder was set up: scripts in .venv name the folder they lie in.
state() { echo "$(cksum <uv.lock) uv $UV_VERSION in $PWD"; }

is_set_up() { [ -f ".venv/.set-up-$1" ] && [ "$(cat ".venv/.set-up-$1")" = "$(state)" ]; }

uv_sync() {
    UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never .venv/bin/python -m uv sync --frozen --quiet "$@"
}

install_packages() {
    if venv_is_sound && { is_set_up test || is_set_up "$1"; }; then
        say "packages are up to date"
        return
    fi
    make_venv
    rm -f .venv/.set-up-run .venv/.set-up-test
    say "installing uv $UV_VERSION"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" ||
        fail "uv $UV_VERSION could not be installed; see pip's message above. The first set-up needs the network."
    # Nothing is removed for `run`, so that running does not take away what testing has installed.
    if [ "$1" = test ]; then
        what="the packages of uv.lock, those for testing too"
        flags="--all-groups"
    else
        what="the packages of uv.lock"
        flags="--no-dev --inexact"
    fi
    say "installing $what"
    # shellcheck disable=SC2086 # flags are several words
    # uv brings certificates of its own; behind a proxy that signs anew only the system's are right.
    uv_sync $flags || { say "trying again with this system's certificates" && uv_sync $flags --system-certs; } ||
        fail "The packages of uv.lock could not be installed; see uv's message above."
    state >".venv/.set-up-$1"
}

installed_browser() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM" || fail "CHROMIUM=$CHROMIUM is not a program that can be started."
        return
    fi
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

install_browser() {
    if browser=$(installed_browser); then
        say "browser for the tests: $browser"
    elif [ -n "${CHROMIUM:-}" ]; then
        exit 1
    elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing Debian's chromium for the tests"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } ||
            fail "apt-get could not install chromium; see its message above." \
                "Install a Chromium yourself and name it: CHROMIUM=/path/to/chromium."
    else
        say "installing Playwright's Chromium for the tests"
        .venv/bin/python -m playwright install chromium ||
            fail "Playwright could not install its Chromium; see its message above." \
                "Install one (as root: apt install chromium), or name one: CHROMIUM=/path/to/chromium."
    fi
}

case "${1:-}" in
run | test) ;;
*) fail "Say what to set up for: scripts/setup.sh run, or scripts/setup.sh test." ;;
esac

cd "$(dirname "$0")/.."
install_packages "$1"
if [ "$1" = test ]; then
    install_browser
fi
