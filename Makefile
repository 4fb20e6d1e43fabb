# Everything runs from .venv, which `make setup` builds from the pinned requirements.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: setup demo test lint fix bench nightly lock

setup: .venv/.ready

.venv/.ready: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	$(BIN)/wakeel up --demo $(ARGS)

test: setup
	$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest $(ARGS)

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench.overhead $(ARGS)

nightly: setup
	$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -m "nightly or not nightly" $(ARGS)
	WAKEEL_SANDBOX=true $(BIN)/python -m pytest tests/workflows $(ARGS)

lock:
	$(BIN)/uv lock
	$(BIN)/uv export --quiet --no-header --all-extras --group dev --no-emit-project -o requirements-dev.txt
	$(BIN)/uv export --quiet --no-header --extra local --extra postgres --no-dev --no-emit-project -o requirements.txt
