# telltale: `make run` gives a first number, `make test` proves the rest.
PYTHON ?= python3.11
VENV := .venv
SPARK := .venv-spark/bin
BIN := $(VENV)/bin
export TELLTALE_HOME ?= $(CURDIR)/var
# Many processes import the same large libraries: compile each module once, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run dev test mutation lint lock clean spark-setup spark-up spark-down spark-test

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## the environment, once

# uv installs the same locked, hashed set in seconds where plain pip takes minutes. The lock is complete but for the one
# package that pyproject.toml leaves out, so nothing may be looked up beside it (`--no-deps`).
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
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

mutation: setup ## wrong turns in the SQL of the transactional family: who notices them
	@$(BIN)/python -m tests.mutation
	@$(BIN)/python -m tests.mutation.functions

spark-setup: .venv-spark/.ready ## the environment with Spark, once; needs Java 17

.venv-spark/.ready: requirements-spark.lock pyproject.toml
	$(PYTHON) -m venv .venv-spark
	$(SPARK)/python -m pip install --quiet --disable-pip-version-check uv
	$(SPARK)/uv pip install --quiet --python $(SPARK)/python --no-deps --require-hashes -r requirements-spark.lock
	$(SPARK)/uv pip install --quiet --python $(SPARK)/python --no-deps --no-build-isolation --editable .
	@touch $@

spark-up: spark-setup ## a small Spark on this machine for the home
	@$(SPARK)/python -m orchestration.spark up

spark-down: spark-setup ## stop it
	@$(SPARK)/python -m orchestration.spark down

spark-test: spark-setup ## the same marts on both engines
	@$(SPARK)/python -m pytest -q tests/spark

lint: setup ## style and types of the Python
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright

lock: setup ## resolve both locks again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --extra test --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --extra test --extra spark --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras pyproject.toml -o requirements-spark.lock

clean: ## the environment and what was made in var/
	rm -rf $(VENV) .venv-spark var
