#!/usr/bin/env bash
# `make test-long`, each on both engines: what refusing hostile documents costs, letters under kill -9 (KILLS,
# INVITATIONS), two admins at one invitation and at the day's last ones (ROUNDS_OF_LETTERS, default 200), PostgreSQL stopped hard 20 times under load, forms and links used by many at once 200 times, two editors at
# once 100 times, the sieges of the doors, 50,000 ids of nobody's, then the races, ROUNDS times (default 20).
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
tests/postgres.sh cargo test --quiet --test it hard_stop:: -- --ignored --nocapture
for tests in races:: editors:: siege:: access::; do
  TEST_DATABASE_URL='' cargo test --quiet --test it "$tests" -- --ignored --nocapture --test-threads 1
  tests/postgres.sh cargo test --quiet --test it "$tests" -- --ignored --nocapture --test-threads 1
done
for _ in $(seq "$rounds"); do TEST_DATABASE_URL='' cargo test --quiet --test it races; done
export ROUNDS=$rounds
tests/postgres.sh bash -c 'for _ in $(seq "$ROUNDS"); do cargo test --quiet --test it races; done'
echo "$rounds rounds passed on each engine."
