# telltale: `make run` gives a first number, `make test` proves the rest.
PYTHON ?= python3.11
VENV := .venv
SPARK := .venv-spark/bin
BIN := $(VENV)/bin
# Two processes share the files, in the order of tests/conftest.py: what takes longest first.
SUITE := $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
# Drivers that BI tools still carry; docs/bi.md lists them.
BI_DRIVERS := 1.2.2 1.3.2 1.4.5 1.5.5 2.0.1
export TELLTALE_HOME ?= $(CURDIR)/var
# Many processes import the same large libraries: compile each module once, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run dev test test-fast soak mutation lint lock clean spark-setup spark-up spark-down spark-test spark-soak bi-setup bi-test

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## install the locked packages into .venv; done again when the lock changes

# uv installs the same locked, hashed set in seconds where plain pip takes minutes. The lock is complete but for the one
# package that pyproject.toml leaves out, so nothing may be looked up beside it (`--no-deps`).
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m orchestration.environment
	@touch $@

run: setup ## simulate a small centre into var/, then land, build, audit and publish it
	@$(BIN)/telltale simulate
	@$(BIN)/telltale run

dev: setup ## start Dagster on http://127.0.0.1:3000: lineage, checks, schedule, sensor
	@$(BIN)/telltale dev

test: setup ## prove everything once, without Spark
	@$(SUITE)

test-fast: setup ## laws, unit tests, statistics and one history against the oracle
	@$(SUITE) tests/project tests/statistics tests/kpis/test_kpis_equal_the_oracle.py --deselect tests/project/test_contributing_examples.py -k "not random"

soak: setup ## the long counts: more histories, each correction alone, a killed build, readers through ten publications
	@$(SUITE) -m soak

mutation: setup ## change one word of SQL at a time: which tests report it (half an hour)
	@$(BIN)/python -m tests.mutation
	@$(BIN)/python -m tests.mutation.functions

spark-setup: .venv-spark/.ready ## install the locked packages with Spark into .venv-spark; needs Java 17

.venv-spark/.ready: requirements-spark.lock pyproject.toml
	$(PYTHON) -m venv .venv-spark
	$(SPARK)/python -m pip install --quiet --disable-pip-version-check uv
	$(SPARK)/uv pip install --quiet --python $(SPARK)/python --no-deps --require-hashes -r requirements-spark.lock
	$(SPARK)/uv pip install --quiet --python $(SPARK)/python --no-deps --no-build-isolation --editable .
	@touch $@

spark-up: spark-setup ## start a small Spark on this machine for the home
	@$(SPARK)/python -m tests.spark.local up

spark-down: spark-setup ## stop that Spark
	@$(SPARK)/python -m tests.spark.local down

spark-test: spark-setup ## build the same marts on Spark and on DuckDB, and compare every row
	@$(SPARK)/python -m pytest -q tests/spark

spark-soak: spark-setup ## every unit test of the models on Spark too
	@$(SPARK)/python -m pytest -q tests/spark -m "soak or not soak"

bi-setup: $(BI_DRIVERS:%=.venv-bi/%/.ready) ## install each driver of BI tools into an environment of its own

.venv-bi/%/.ready: | $(VENV)/.ready
	$(PYTHON) -m venv .venv-bi/$*
	$(BIN)/uv pip install --quiet --python .venv-bi/$*/bin/python duckdb==$*
	@touch $@

bi-test: setup bi-setup ## read the published file by each of them, through ten publications
	@TELLTALE_BI_DRIVERS=.venv-bi $(BIN)/python -m pytest -q -s -m "soak or not soak" tests/bi

lint: setup ## check style and types of the Python
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/pyright

lock: setup ## resolve both lock files again from pyproject.toml
	@$(BIN)/uv pip compile --quiet --extra test --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --extra test --extra spark --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras pyproject.toml -o requirements-spark.lock

clean: ## delete all environments and the simulated home var/
	rm -rf $(VENV) .venv-spark .venv-bi var
