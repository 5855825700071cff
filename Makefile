# Everything is made into .venv; nothing outside this folder is touched.
# Needs: Python >= 3.11 with venv, make. The browser tests skip themselves where there is no chromium.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
STORE ?= $(or $(COLLEGIUM_STORE),collegium-store)
# Extra words for pytest, for example: make test ARGS="-m 'not slow' tests/graph"
ARGS ?=
WORKERS ?= auto

VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: some systems' pip prints a warning for each package that an extra index of theirs lacks. Errors still show.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
UV_VERSION := 0.13.9
# What `make bench-sparql` measures us against, apart from what we run on; it keeps its generated data there too.
RIVALS := .venv-bench

.DEFAULT_GOAL := help
.PHONY: help serve test check docs coverage lock bench bench-sparql wheel bundles clean distclean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(VENV)/.runtime ## set up, load seeds/ into $(STORE) when it is empty, serve it, print the address
	COLLEGIUM_STORE="$(STORE)" $(BIN)/collegium serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev ## set up, run all tests in parallel
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.dev ## every check that is not a test run: style, types, layers, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/test_house.py tests/test_docs.py

docs: $(VENV)/.dev ## write docs/reference/ anew from the tables of the code
	$(BIN)/python docs/write_reference.py

coverage: $(VENV)/.dev ## run all tests and report branch coverage (95 % is the floor)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(VENV)/.dev ## measure start-up and answer times, print tables
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/latency.py

bench-sparql: $(VENV)/.dev $(RIVALS)/.made ## measure the SPARQL service against rdflib and Oxigraph's server; needs wrk
	$(BIN)/python benchmarks/sparql_service.py --rivals $(RIVALS) --cache $(RIVALS)/data $(ARGS)

wheel: $(VENV)/.dev ## build dist/*.tar.gz, and dist/*.whl from it
	$(BIN)/python -m build --no-isolation --outdir dist .

# Needs node and npm, and nobody else does: what it writes is checked in. The same lock gives the same bytes.
bundles: ## build server/static/vendor/*.js anew from tools/bundles/
	cd tools/bundles && npm ci && npm run --silent build

# Re-makes both lock files: newest versions that pyproject.toml allows, for every Python >= 3.11 and every system, with the
# hashes of all files, and without the address of the registry they came from (tests/test_house.py looks).
LOCK := .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

lock: .venv-lock/bin/uv ## re-make requirements.lock, requirements-dev.lock and benchmarks/requirements.txt
	$(LOCK) --extra zstd --output-file requirements.lock pyproject.toml requirements-build.in
	$(LOCK) --extra zstd --group dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml requirements-build.in
	$(LOCK) --constraint requirements.lock --output-file benchmarks/requirements.txt benchmarks/requirements.in

.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --quiet --quiet install uv==$(UV_VERSION)

clean: ## remove what tests and builds leave behind
	rm -rf build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## clean, and remove .venv and its likes (the store stays)
	rm -rf $(VENV) .venv-lock $(RIVALS) tools/bundles/node_modules

# The files below are stamps: they are newer than the lock file they were made from, so a second call does nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Collegium needs Python 3.11 or newer, found $$($(PYTHON) --version 2>/dev/null || echo 'no $(PYTHON)')." \
	    "Install one and name it, for example: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv. Install it (Debian, Ubuntu: apt install python3-venv) and try again." >&2; exit 1; }
	@echo "Setting up $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.made
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(RIVALS)/.made: benchmarks/requirements.txt $(VENV)/.made
	@command -v wrk >/dev/null || { echo "bench-sparql needs wrk. Install it (Debian, Ubuntu: apt install wrk) and try again." >&2; exit 1; }
	@test -d $(RIVALS) || $(PYTHON) -m venv $(RIVALS)
	$(RIVALS)/bin/python -m pip --disable-pip-version-check --quiet --quiet install --require-hashes -r benchmarks/requirements.txt
	@touch $@
