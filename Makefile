# `make run` and `make test` set up what they need; nothing has to be prepared but Python ≥ 3.11 with its venv module.

PY := .venv/bin/python
FILES ?=
FIGURES ?=
PUBLISH ?=
MASKING ?=
SCALE ?=
ONLY ?=
SEED ?=
FUZZ ?=
SBOM ?= mot-cua.cdx.json

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench-search bench-chat bench-channels bench-figures bench-publish bench-import bench-masking bench-scale faults faults-long fuzz audit sbom setup setup-test

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' Makefile

run: setup ## set up and start the assistant (settings: .env.example)
	@exec $(PY) -m bot serve

test: lint ## set up, browser included, then check and test everything
	$(PY) -m pytest -n auto --dist loadfile tests/unit tests/conversations tests/integration tests/fuzz tests/supply
	$(PY) -m pytest -n auto --dist loadfile tests/e2e

lint: setup-test ## style, types, the import rule, and no secrets in what git keeps
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m tests.supply.secret_scan

format: setup-test ## put the code into its style
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench-search: setup-test ## how good and how fast the search is (FILES="a.csv b.csv" for other questions)
	$(PY) -m tests.benchmarks.bench_search $(FILES)

bench-chat: setup-test ## messages a second of the whole assistant, and where the time goes
	$(PY) -m tests.benchmarks.bench_chat

bench-channels: setup-test ## the messengers under load, the process killed in the middle: times, and that nothing is lost
	@$(PY) -m tests.benchmarks.bench_channels

bench-figures: setup-test ## figures over a made-up year of 2 million ratings, and a rating stored meanwhile (FIGURES="--ratings 100000" for less, "--folder PATH" to keep it)
	@$(PY) -m tests.benchmarks.bench_figures $(FIGURES)

bench-import: setup-test ## seconds and memory to read a published list of 20,000 rows
	@$(PY) -m tests.benchmarks.bench_import

bench-masking: setup-test ## how much that is private is taken out of messages, by kind, and what of the rest goes with it (MASKING="--of-each 500 --failures")
	@$(PY) -m tests.benchmarks.bench_masking $(MASKING)

bench-publish: setup-test ## 200 questions a second while 50 catalogues are published: none fails, none is mixed (PUBLISH="--shipped" for the shipped catalogue)
	@$(PY) -m tests.benchmarks.bench_publish $(PUBLISH)

faults: setup-test ## every fault, on this machine only, and a table of what held (ONLY="killed or clock" for some, SEED=7 as before)
	@FAULTS_SEED=$(SEED) $(PY) -m pytest -o faulthandler_timeout=300 tests/faults -m "not long" -k "$(ONLY)"

faults-long: setup-test ## a million messages through one process: what its memory does (nothing fails by it)
	@FAULTS_SEED=$(SEED) $(PY) -m pytest -o faulthandler_timeout=3600 tests/faults -m long

fuzz: setup-test ## wild requests to every route for minutes, and a table of what came back (FUZZ="--minutes 30 --only staff", SEED=7 as before)
	@$(PY) -W error -m tests.fuzz $(if $(SEED),--seed $(SEED)) $(FUZZ)

bench-scale: setup-test ## what a message costs on PostgreSQL and SQLite, with 1 to 4 processes, larger catalogues and years of events (SCALE="--quick" for a short look, "--only history", "--json FILE")
	@$(PY) -m tests.benchmarks.bench_scale $(SCALE)

audit: setup-test ## ask the list of known weaknesses about every library of the lock (needs the network)
	@$(PY) -m tests.supply.audit

sbom: setup-test ## what a release is made of, as CycloneDX: libraries, versions, hashes, licences (SBOM=file.json)
	@$(PY) -m tests.supply.sbom $(SBOM)

setup:
	@sh scripts/setup.sh run

setup-test:
	@sh scripts/setup.sh test
