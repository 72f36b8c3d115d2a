# The environment is .venv in the tree; it is made on demand and needs only python3 (3.11 or later) with venv.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The first of these interpreters that is new enough; PYTHON=... on the command line wins.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
# Worker processes of pytest.
JOBS ?= 2
# More options for pytest or the default run: make test ARGS='tests/cli -x'
ARGS ?=

.PHONY: help run test lint verify page pages bench peers install cover clean

help:
	@echo 'make run      run the default experiment and write its report'
	@echo 'make test     check the style, the types, the layers, and run the tests'
	@echo 'make verify   the long checks, and the table of simulated beside published figures'
	@echo 'make page     build the page of the explorer out of frontend/ (needs Node)'
	@echo 'make pages    write into the documents what they take from the program'
	@echo 'make bench    measure the speed of this machine'
	@echo 'make peers    set the same small model in other tools beside scorelab: .venv-peers, a gigabyte'
	@echo 'make install  everything for working on scorelab, into $(VENV)'
	@echo 'make lint     the style and the types alone'
	@echo 'make cover    coverage of the uncompiled code'

run: $(VENV)/.core
	@$(BIN)/scorelab run reported-and-documented --out runs/reported-and-documented $(ARGS)

test: lint
	@$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary

verify: $(VENV)/.dev
	@$(BIN)/python -m pytest verification -n $(JOBS) --override-ini testpaths=verification $(ARGS)
	@$(BIN)/python -m verification.figures.table --workers $(JOBS)

page:
	@cd frontend && npm ci --no-audit --no-fund && npm run check && npm run build

pages: $(VENV)/.dev
	@$(BIN)/python -m scorelab.cli.reference docs/language.md
	@$(BIN)/python -m scorelab.cli.reference docs/odd.md
	@$(BIN)/python -m scorelab.cli.reference docs/measures.md
	@$(BIN)/python -m verification.coverage.page --page docs/intervals.md > /dev/null
	@$(BIN)/python -m verification.figures.table --workers $(JOBS) --draws 100 --page docs/verification.md > /dev/null
	@$(BIN)/python -m verification.gallery
	@$(BIN)/python -m tests.twin.clauses > docs/clauses.md

bench: $(VENV)/.dev
	@shopt -s nullglob; for file in benchmarks/bench_*.py; do PYTHONPATH=. $(BIN)/python $$file $(ARGS) || exit 1; done

# The other tools have an environment of their own, so that their many dependencies are nobody else's.
peers:
	@$(MAKE) --no-print-directory VENV=.venv-peers .venv-peers/.peers
	@PYTHONPATH=. .venv-peers/bin/python -m benchmarks.scorebench $(ARGS)

install: $(VENV)/.dev

cover: $(VENV)/.dev
	@NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest -m 'not slow' $(ARGS)
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* build dist

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'scorelab needs Python 3.11 or later with venv (on Debian: apt install python3-venv)' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'python cannot make an environment (on Debian: apt install python3-venv)' >&2; exit 1; }

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'installing scorelab into $(VENV) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'installing scorelab and its tools into $(VENV) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(VENV)/.core $@

$(VENV)/.peers: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'installing scorelab and the other tools into $(VENV) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[peers]'
	@touch $@
