#!/usr/bin/env bash
# Walks both stories in headless Chromium, on SQLite with a look at every screen, and on PostgreSQL.
#   tests/browser.sh --available    whether there is a Chromium
#   SCREENS=docs/screens tests/browser.sh --pictures    takes the pictures anew
# HUB_BINARY names another program than the debug build, CHROMIUM another browser.
set -euo pipefail
cd "$(dirname "$0")/.."

export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -x "$CHROMIUM" ] || exit 1
[ "${1:-}" != --available ] || exit 0

if [ ! -f tests/browser/node_modules/.package-lock.json ] ||
  [ tests/browser/package-lock.json -nt tests/browser/node_modules/.package-lock.json ]; then
  (cd tests/browser && npm ci --silent --no-audit --no-fund)
fi
walk() { node --test --test-reporter=spec tests/browser/*.test.mjs; }

if [ "${1:-}" = --pictures ]; then
  mkdir -p "${SCREENS:=docs/screens}"
  SCREENS=$(realpath "$SCREENS")
  export SCREENS
  walk
  exit
fi
echo "== both stories in a browser, on SQLite"
walk
if tests/postgres.sh --available; then
  echo "== both stories in a browser, on PostgreSQL"
  # The screens have been looked at.
  export -f walk
  tests/postgres.sh bash -c 'DATABASE_URL=$TEST_DATABASE_URL QUICK=1 walk'
fi
