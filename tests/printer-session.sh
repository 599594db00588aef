#!/usr/bin/env bash
# Runs a command beside a real CUPS of its own on a free port of this machine, with one printer
# that keeps what it is sent. The caller's printers are not touched.
#
#   tests/printer-session.sh COMMAND [ARGUMENT...]
#
# The command finds the printer `felloe-test` by CUPS_SERVER, and the printed files in the folder
# FELLOE_PRINT_SPOOL.
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,8p' "$0" >&2
  exit 2
fi

cupsd=$(command -v cupsd || echo /usr/sbin/cupsd)
lpadmin=$(command -v lpadmin || echo /usr/sbin/lpadmin)
room=$(mktemp -d)
mkdir "$room"/{etc,spool,cache,state,log,tmp}
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)))

cat >"$room/cupsd.conf" <<CONF
Listen 127.0.0.1:$port
Browsing Off
DefaultAuthType None
PreserveJobFiles Yes
LogLevel error
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
CONF
cat >"$room/cups-files.conf" <<CONF
ServerRoot $room/etc
RequestRoot $room/spool
CacheDir $room/cache
StateDir $room/state
TempDir $room/tmp
ErrorLog $room/log/error
AccessLog $room/log/access
PageLog $room/log/page
FileDevice Yes
CONF
if [ "$(id -u)" = 0 ]; then
  # CUPS refuses to run its filters as root.
  printf 'User nobody\nGroup nogroup\nSystemGroup root\n' >>"$room/cups-files.conf"
  chmod 755 "$room"
  chown -R nobody:nogroup "$room"
fi

"$cupsd" -f -c "$room/cupsd.conf" -s "$room/cups-files.conf" 2>"$room/out" &
trap 'kill $! 2>/dev/null; wait 2>/dev/null; rm -rf "$room"' EXIT
export CUPS_SERVER=127.0.0.1:$port FELLOE_PRINT_SPOOL=$room/spool

for _ in {1..100}; do
  case $(LC_ALL=C lpstat -r 2>/dev/null) in
    *"is running"*)
      "$lpadmin" -p felloe-test -E -v "file:$room/paper" -m raw 2>/dev/null
      "$@"
      exit
      ;;
  esac
  sleep 0.05
done
echo "CUPS did not start within 5 seconds: $(cat "$room/out")" >&2
exit 3
