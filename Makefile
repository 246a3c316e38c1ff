# telltale: `make run` gives a first number, `make test` proves the rest.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export TELLTALE_HOME ?= $(CURDIR)/var

.PHONY: help setup run dev test lint lock clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## the environment, once

# uv installs the same locked, hashed set in seconds where plain pip takes minutes.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m orchestration.environment
	@touch $@

run: setup ## simulate a small centre into var/, land, build, audit, publish
	@$(BIN)/telltale simulate
	@$(BIN)/telltale run

dev: setup ## the same as a schedule and a picture, on http://127.0.0.1:3000
	@$(BIN)/telltale dev

test: setup ## every test
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: setup ## style and types of the Python
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright

lock: setup ## resolve requirements.lock again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --extra test --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras pyproject.toml -o requirements.lock

clean: ## the environment and what was made in var/
	rm -rf $(VENV) var
