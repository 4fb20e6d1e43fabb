# Everything runs from .venv, which `make setup` builds from the pinned, hashed requirements.
# Every target that needs it builds it first; `make` alone says what there is.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes
# The extras of an installation: all but the demo.
RUNNING := local postgres feeds office
ARGS ?=
# Test processes, each with servers of its own.
JOBS ?= 2

.PHONY: help setup demo test sandbox lint fix bench nightly lock

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' $(MAKEFILE_LIST) | awk -F': +' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/.ready  ## build .venv (about a minute the first time, nothing afterwards)

.venv/.ready: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Wakeel needs Python 3.11 or newer. Name one: make setup PYTHON=python3.12")'
	@echo "Building .venv from requirements-dev.txt (about a minute the first time)."
	@$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## start everything on this machine, with a mailbox, a board, a chat and a calendar of its own
	@$(BIN)/wakeel up --demo $(ARGS)

test: setup  ## run the tests, on real servers on this machine
	@$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

sandbox: setup  ## run the interpreter's tests once more under Temporal's own restrictions on workflows
	WAKEEL_SANDBOX=true $(BIN)/python -m pytest tests/workflows $(ARGS)

lint: setup  ## check form, types, who imports whom, and what is declared
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .

fix: setup  ## mend the form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup  ## measure the engine against a workflow written by hand
	$(BIN)/python -m bench.overhead $(ARGS)

nightly: sandbox  ## run the slow tests too, with new random examples
	@$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -m "nightly or not nightly" --hypothesis-profile=default $(ARGS)

lock: setup  ## pin what pyproject.toml asks for; with ARGS=--upgrade the newest
	$(COMPILE) --all-extras --group dev $(ARGS) -o requirements-dev.txt pyproject.toml
	$(COMPILE) $(RUNNING:%=--extra %) -c requirements-dev.txt -o requirements.txt pyproject.toml
