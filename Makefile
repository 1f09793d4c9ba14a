# Needs make and python3 >= 3.11; everything else lands in .venv.
PYTHON ?= python3
BIN := .venv/bin
# For the programs behind the targets: make demo ARGS=--fresh, make test ARGS="-k outbox"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test nightly drills check format lock screenshots pictures bench clean python

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: .venv/demo.stamp  ## Run Puente here with demo data (ARGS=--help shows its options)
	@$(BIN)/python -m tools.demo $(ARGS)

test: .venv/dev.stamp  ## Run every test, browser tests included
	@$(BIN)/python -m tools.catalogs compile
	@$(BIN)/python -m tests.chromium --ensure
	@$(BIN)/python -m tests.pgbouncer --ensure
	@$(BIN)/python -m pytest -n 2 $(ARGS)

nightly: .venv/dev.stamp  ## Every test on eight days; leases against their model; the API at length (two hours)
	@$(BIN)/python -m tools.catalogs compile
	@$(BIN)/python -m tests.chromium --ensure
	@$(BIN)/python -m tests.nightly $(ARGS)

drills: .venv/dev.stamp  ## Kill, empty and restart everything that can fail, at length (15 minutes)
	@$(BIN)/python -m tests.pgbouncer --ensure
	@PUENTE_DRILLS=full $(BIN)/python -m pytest tests/drills -s --no-header -q $(ARGS)

check: .venv/dev.stamp  ## Everything that is checked before a commit
	@$(BIN)/python -m tools.checks $(ARGS)

format: .venv/dev.stamp  ## Put code and templates into their one form
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format --quiet .
	@git ls-files -z --cached --others --exclude-standard '*.html' | \
	  xargs -0 $(BIN)/djade || true  # its exit code 1 says that it changed something

lock: .venv/dev.stamp  ## Write requirements*.txt anew from pyproject.toml
	@$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile $(LOCK) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
LOCK := --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
	--custom-compile-command "make lock"

screenshots: .venv/dev.stamp  ## Take pictures of every page from the demo data
	@$(BIN)/python -m tests.chromium --ensure
	@$(BIN)/python -m tests.screenshots $(ARGS)

pictures: .venv/dev.stamp  ## Take the pictures of the guides and README from the demo data
	@$(BIN)/python -m tests.chromium --ensure
	@$(BIN)/python -m tests.guide_pictures $(ARGS)

bench: .venv/dev.stamp  ## Measure pages and jobs
	@$(BIN)/python -m tests.bench $(ARGS)

clean:  ## Remove .venv, caches and collected files; the data in .puente stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache
	rm -rf .screenshots staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the virtual environment: made once, filled again only when the locked lists change -----------
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

.venv/bin/python:
	@$(MAKE) --no-print-directory python
	@echo "Making .venv …"
	@umask 022 && $(PYTHON) -m venv .venv

.venv/demo.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what requirements.txt names …"
	@umask 022 && $(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing what requirements-dev.txt names …"
	@umask 022 && $(PIP) -r requirements-dev.txt
	@touch $@

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Puente needs Python 3.11 or newer, and there is no $(PYTHON) here." \
	       "Install it (Debian, Ubuntu: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Puente needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`." \
	       "Install a newer one and, if it has another name, say it: make PYTHON=python3.12 demo"; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the venv module that makes .venv." \
	       "Install it (Debian, Ubuntu: apt install python3-venv)."; exit 1; }
