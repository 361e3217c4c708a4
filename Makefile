# Kehu: the commands. `make` alone prints them.
PYTHON ?= python3
BIN := .venv/bin
WEB := PATH="$(CURDIR)/$(BIN):$$PATH"
TESTS ?= tests

.PHONY: help setup run test check fix types api demo bench docs clean
.DEFAULT_GOAL := help

help: ## print the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

.venv/.installed: requirements-dev.txt requirements-data.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-data.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

web/node_modules/.installed: .venv/.installed web/package-lock.json
	cd web && $(WEB) npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.installed $(shell find web/src web/index.html web/vite.config.ts web/public -type f 2>/dev/null)
	cd web && $(WEB) npm run --silent build
	@touch $@

setup: .venv/.installed web/dist/index.html ## environment, dependencies, built web app

run: setup ## start Kehu with the demo bank, and print where it is
	@$(BIN)/kehu demo bank --if-empty
	@$(BIN)/kehu serve

test: setup browser .venv/.spark ## every test (TESTS=path for some)
	@$(BIN)/python -m pytest $(TESTS)

.venv/.spark: .venv/.installed requirements-spark.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	@touch $@

.PHONY: browser
browser:
	@$(BIN)/python tests/stories/browser.py

check: setup ## lint, types, contracts and drift, cheapest first
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	$(BIN)/mypy src tests
	KEHU_WITHOUT_KEYS=1 KEHU_DATABASE_URL=postgresql://127.0.0.1:1/none DJANGO_SETTINGS_MODULE=kehu.config.settings $(BIN)/python -W ignore -m django makemigrations --check --dry-run
	$(BIN)/python -m kehu.config.openapi | diff -q - web/openapi.json
	cd web && $(WEB) npm run --silent api && git diff --exit-code --stat -- src/api
	cd web && $(WEB) npm run --silent check

fix: setup ## format and mend what lint can mend
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench
	cd web && $(WEB) npm run --silent fix

types: setup ## types alone
	$(BIN)/mypy src tests

api: setup ## write the OpenAPI document and the web client again
	$(BIN)/python -m kehu.config.openapi > web/openapi.json
	cd web && $(WEB) npm run --silent api

demo: setup ## load the demo bank
	$(BIN)/kehu demo bank

bench: setup ## run the benchmarks
	for name in ingest import list profile segment send traits; do $(BIN)/kehu bench $$name; done

docs: setup ## test what the docs promise
	$(BIN)/python -m pytest tests/docs

clean: ## remove what can be made again
	rm -rf .venv web/node_modules web/dist
