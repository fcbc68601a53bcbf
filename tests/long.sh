#!/usr/bin/env bash
# `make test-long`: what refusing hostile documents costs, letters under kill -9 (KILLS, INVITATIONS), 200 forms submitted twice at once and 200 links used by 64 at once, 100 rounds of two editors, the sieges of the doors, then the races, ROUNDS times on each engine (default 20).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-20}
cargo test --quiet --no-run --test it
cargo build --quiet --release
HUB_BINARY=target/release/partner-hub TEST_DATABASE_URL='' cargo test --quiet --test it hostile::campaign -- --ignored --nocapture
for test in kill::killed kill::four; do
  TEST_DATABASE_URL='' cargo test --quiet --test it "$test" -- --ignored --nocapture
  tests/postgres.sh cargo test --quiet --test it "$test" -- --ignored --nocapture
done
for tests in races:: siege:: editors::; do
  TEST_DATABASE_URL='' cargo test --quiet --test it "$tests" -- --ignored --nocapture --test-threads 1
  tests/postgres.sh cargo test --quiet --test it "$tests" -- --ignored --nocapture --test-threads 1
done
for _ in $(seq "$rounds"); do TEST_DATABASE_URL='' cargo test --quiet --test it races; done
export ROUNDS=$rounds
tests/postgres.sh bash -c 'for _ in $(seq "$ROUNDS"); do cargo test --quiet --test it races; done'
echo "$rounds rounds passed on each engine."
