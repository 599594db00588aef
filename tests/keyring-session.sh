#!/usr/bin/env bash
# Runs a command beside a real Secret Service of its own: a private session bus, a private
# keyring, unlocked, both gone when the command ends. The caller's keyring is not touched.
#
#   tests/keyring-session.sh COMMAND [ARGUMENT...]
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,5p' "$0" >&2
  exit 2
fi

if [ -z "${FELLOE_KEYRING_SESSION:-}" ]; then
  room=$(mktemp -d)
  trap 'rm -rf "$room"' EXIT
  mkdir -m 700 "$room/run" "$room/data"
  # Left alone: HOME, because cargo and rustup live there, and DISPLAY, because the window does.
  FELLOE_KEYRING_SESSION="$room" XDG_RUNTIME_DIR="$room/run" XDG_DATA_HOME="$room/data" \
    dbus-run-session -- "$0" "$@"
  exit
fi

# The keyring's own password protects nothing here; the data in it is made up.
printf 'journey' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec env -u FELLOE_KEYRING_SESSION "$@"
