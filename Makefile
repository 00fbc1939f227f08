# Two commands are enough: make run, make test. Each sets up whatever is missing.
SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python from 3.11 on; PYTHON=… make run takes another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PY := .venv/bin/python

.PHONY: help run test test-pg test-browser test-deep drill bench performance check lock catalogues screens setup setup-dev

help:
	@echo 'make run      set up and start a trial on this machine (PORT=8000)'
	@echo 'make test     set up and run the tests on SQLite'
	@echo 'make test-pg  the same tests on PostgreSQL'
	@echo 'make test-browser  every flow and page in Chromium, with axe'
	@echo 'make check    lint, types, import law, migrations, catalogues, deploy checks'

setup:
	@test -n "$(PYTHON)" || { echo 'Hamseda needs Python 3.11 or newer.' >&2; exit 1; }
	@"$(PYTHON)" config/trial/install.py

setup-dev: setup
	@"$(PYTHON)" config/trial/install.py requirements-dev.txt

run: setup
	@exec $(PY) -m config.trial.supervisor

test: setup
	@$(PY) -m pytest $(ARGS)

test-pg: setup-dev
	@$(PY) -m tests.on_postgresql $(ARGS)

test-browser: setup-dev
	@$(PY) -m pytest -n 2 --dist worksteal -m 'browser and not deep' tests/browser $(ARGS)

drill: setup-dev
	@$(PY) -m drills $(ARGS)

bench: setup-dev
	@$(PY) -m benchmarks $(ARGS)

performance: setup-dev
	@$(PY) -m benchmarks --write

test-deep: setup-dev
	@$(PY) -m tests.on_postgresql -n 0 -s -m 'deep and not browser' $(ARGS)
	@$(PY) -m pytest -n 0 -m 'deep and browser' tests/browser
	@$(PY) -m drills

check: setup-dev
	@$(PY) -m tests.checks

catalogues: setup
	@HAMSEDA_TRIAL=1 SECRET_KEY=only-for-collecting-words-never-served $(PY) manage.py catalogues --update

screens: setup-dev
	@$(PY) -m tests.screens

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements-prod.in -o requirements-prod.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt
