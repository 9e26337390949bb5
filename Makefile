# Lectern. `make run` and `make test` set up all that they need; both want Python 3.11 or newer, and nothing else.

PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test unit lint bench fuzz docs lock clean

run: $(VENV)/.run  ## the bot where .env holds Slack's tokens, else the playground
	@$(BIN)/python -m bot start

test: $(VENV)/.dev  ## everything: rules, stories, both databases, a real browser
	@$(BIN)/python -m tests.prepare
	@$(BIN)/python -m pytest -n 2 --dist loadfile  # a file shares one workspace, so its tests stay together

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev  ## measurements, each as a ratio against a peer in the same run
	@for b in bench/*.py; do echo "== $$b"; $(BIN)/python -m bench.$$(basename $$b .py) || exit 1; done

fuzz: $(VENV)/.dev  ## 100,000 odd texts for the rules, other ones each time
	@$(BIN)/python -m tests.fuzz

docs: $(VENV)/.run  ## a page for each rule, after a change of prompts/rules
	$(BIN)/python -m bot rules --shipped --pages docs/rules

lock: $(VENV)/.dev  ## every version with its hashes, for all platforms
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --extra dev --universal --generate-hashes --no-emit-index-url --no-header --quiet -c requirements.lock -o tests/requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Lectern needs Python 3.11 or newer, and none was found. Install it, then run make again."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { echo "The environment could not be made. On Debian and Ubuntu, install the package python3-venv."; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once): installing Lectern's packages."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: tests/requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once): installing Lectern's packages and those of its tests."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run
