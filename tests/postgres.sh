#!/usr/bin/env bash
# Runs a command with TEST_DATABASE_URL naming a throwaway PostgreSQL, made from installed programs and gone afterwards.
#   tests/postgres.sh --available    whether there are such programs
#   tests/postgres.sh COMMAND …    POSTGRES_OPTIONS="-c shared_buffers=1GB" and the like go to the server
set -euo pipefail

bin=$(dirname "$(command -v initdb || ls -v /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1 || true)" 2>/dev/null || true)
[ -x "$bin/initdb" ] || exit 1
[ "${1:-}" != --available ] || exit 0

# PostgreSQL refuses to run as root.
as_user() { "$@"; }
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  as_user() { runuser -u "$owner" -- "$@"; }
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/hub-postgres.XXXXXX")
chown "$owner" "$folder"
stop() {
  (cd / && as_user "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop) >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

# A port that was free a moment ago; the cluster listens on loopback only.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
(
  cd /
  as_user "$bin/initdb" -D "$folder/data" -U hub --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -s start -o "-p $port -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories=$folder -c max_connections=400 -c fsync=off -c full_page_writes=off ${POSTGRES_OPTIONS:-}"
) || { cat "$folder/log" 2>/dev/null; exit 1; }

# Stops the server hard, as a machine does that loses its power, and starts it anew.
cat >"$folder/restart" <<END
#!/usr/bin/env bash
cd / && $([ "$(id -u)" != 0 ] || echo "runuser -u $owner --") "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -m immediate -w -s restart
END
chmod +x "$folder/restart"

TEST_DATABASE_RESTART="$folder/restart" TEST_DATABASE_URL="postgres://hub@127.0.0.1:$port/postgres" "$@"
