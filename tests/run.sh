#!/usr/bin/env bash
# `make test`: lints once, then every test on SQLite and on PostgreSQL.
# PostgreSQL: TEST_DATABASE_URL, else a throwaway cluster of installed programs. REQUIRE_POSTGRES=1 makes it a must.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== format and lints"
cargo fmt --all --check
cargo clippy --workspace --all-targets --quiet -- --deny warnings
RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --document-private-items --quiet

echo "== the contract"
node --test --test-reporter=spec tests/contract/contract.test.mjs

echo "== tests on SQLite"
TEST_DATABASE_URL='' cargo test --workspace --quiet

if tests/browser.sh --available; then
  [ -n "${HUB_BINARY:-}" ] || cargo build --quiet
  tests/browser.sh
elif [ "${REQUIRE_BROWSER:-}" = 1 ]; then
  echo "Chromium is required and was not found." >&2
  exit 1
else
  echo "Chromium was not found: install it to walk the stories in a browser, too."
fi

echo "== tests on PostgreSQL"
if [ -n "${TEST_DATABASE_URL:-}" ]; then
  cargo test --quiet --test it
elif tests/postgres.sh --available; then
  tests/postgres.sh cargo test --quiet --test it
elif [ "${REQUIRE_POSTGRES:-}" = 1 ]; then
  echo "PostgreSQL is required and was not found." >&2
  exit 1
else
  echo "All tests pass on SQLite. PostgreSQL was not found: install it, or set TEST_DATABASE_URL, to test on it too."
  exit 0
fi
echo "All tests pass on SQLite and on PostgreSQL."
