# The commands of this project. `make run` and `make test` do all their set-up themselves; they need Rust and Node.
.DEFAULT_GOAL := help
.PHONY: help run test test-long coverage check fmt schema promise web demo release screens lighthouse bench clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: web ## Start the hub at http://127.0.0.1:8080 (SQLite in data/, letters at /dev/mail)
	cargo run --quiet

test: web tests/node/node_modules tests/contract/node_modules ## Format, lints, unit, integration and browser tests, on SQLite and PostgreSQL
	tests/run.sh

test-long: tests/node/node_modules ## The cost of hostile documents, and the races many times over
	tests/long.sh

coverage: tests/node/node_modules ## Which lines of the domain the tests run (needs cargo-llvm-cov and LLVM's tools)
	tests/coverage.sh

check: ## Format and lints only
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- --deny warnings

fmt: ## Format everything
	cargo fmt --all

schema: ## Write schema.graphql anew
	cargo run --quiet -- schema > schema.graphql.new && mv schema.graphql.new schema.graphql

promise: schema ## Promise clients the schema as it is now: at each release
	cp schema.graphql tests/contract/promised.graphql

demo: ## Fill an empty hub with a demonstration
	cargo run --quiet --release -- demo

release: web ## Build the release binary, web files inside
	cargo build --release

web: web/dist/built ## Build the web app and the playground

screens: web ## Take the pictures in docs/screens anew (needs Chromium)
	cargo build --quiet
	tests/browser.sh --pictures

lighthouse: release tests/lighthouse/node_modules ## Ask Lighthouse about the accept page and a list of 10,000 partners (needs Chromium)
	CHROMIUM=$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser)} node tests/lighthouse/run.mjs

bench: release bench/node/node_modules ## Measure against the peers on a throwaway PostgreSQL, into docs/PERFORMANCE.md (needs wrk)
	cargo build --release --quiet --workspace --manifest-path bench/peers/Cargo.toml
	node bench/run.mjs

clean: ## Remove everything that was built
	cargo clean
	rm -rf web/dist web/node_modules tests/*/node_modules bench/node/node_modules bench/peers/target

# Without Node the hub still runs; its pages then say how to get them.
WEB := $(shell find web/app web/playground -type f -not -path 'web/app/made/*') $(wildcard web/*.json web/*.ts web/*.mjs)
web/dist/built: schema.graphql $(WEB)
	@if command -v npm >/dev/null; then cd web && \
	  if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then npm ci --silent --no-audit --no-fund; fi && \
	  npm run --silent codegen && npm run --silent typecheck && npm run --silent build && touch dist/built; \
	else echo "Node is not installed: the web app is left out."; fi

tests/%/node_modules: tests/%/package-lock.json
	cd tests/$* && npm ci --silent --no-audit --no-fund
	@touch $@

# Without its package file a peer is left out of the table.
bench/node/node_modules: $(wildcard bench/node/package-lock.json)
	@if [ -f bench/node/package-lock.json ]; then cd bench/node && npm ci --silent --no-audit --no-fund && touch node_modules; fi
