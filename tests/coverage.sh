#!/usr/bin/env bash
# `make coverage`: which lines of `src/domain` the tests on SQLite run, below 95 % of which it fails; those that none runs are
# named. It needs cargo-llvm-cov and the tools of the LLVM that rustc was built with: rustup's component `llvm-tools`, or
# a distribution's package, found in /usr/lib/llvm-*. Arguments choose tests.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo llvm-cov --version >/dev/null 2>&1 || cargo install --locked --quiet cargo-llvm-cov
version=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
if [ -z "${LLVM_COV:-}" ] && [ -x "/usr/lib/llvm-$version/bin/llvm-cov" ]; then
  export LLVM_COV=/usr/lib/llvm-$version/bin/llvm-cov LLVM_PROFDATA=/usr/lib/llvm-$version/bin/llvm-profdata
fi
others='/(engine|entity|migration|tests)/|/src/(access|changes|config|db|graphql|http|mail|outbox|worker)/|/src/[a-z]+\.rs$'
TEST_DATABASE_URL='' CARGO_INCREMENTAL=0 cargo llvm-cov --quiet --no-report --lib --test it -- "$@"
cargo llvm-cov report --ignore-filename-regex "$others" --show-missing-lines --fail-under-lines 95
