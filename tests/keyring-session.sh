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

daemon=$(command -v gnome-keyring-daemon)
if ! "$daemon" --version >/dev/null 2>&1; then
  # Its file asks for the right to lock memory, and some containers then refuse to start it.
  # A copy does not ask.
  cp "$daemon" "$FELLOE_KEYRING_SESSION/" && daemon="$FELLOE_KEYRING_SESSION/gnome-keyring-daemon"
fi

# The keyring's own password protects nothing here; the data in it is made up.
printf 'journey' | "$daemon" --unlock --components=secrets >/dev/null

# Asked too early, the bus would start a second daemon, with its keyring locked.
bus=(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus /org/freedesktop/DBus)
for _ in {1..100}; do
  case $("${bus[@]}" org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets) in
    *true*) exec env -u FELLOE_KEYRING_SESSION "$@" ;;
  esac
  sleep 0.05
done
echo "The Secret Service did not start within 5 seconds." >&2
exit 3
