# `make run` and `make test` need nothing but Python and make; `make help` lists the rest.
SHELL := /bin/sh
PYTHON := .venv/bin/python
BIN := .venv/bin/
# A PostgreSQL server and a PLENUM_HOME that end with the command.
SANDBOX := $(PYTHON) -m tests.sandbox
# Tests are run, not deduced: what factories make has no types. Their tools are checked.
CODE := config reputation moderation ideas community activity benchmarks manage.py \
	tests/sandbox.py tests/chromium.py tests/architecture
SIZE ?= S
WORKERS ?= 2
# Where this is set, each process would compile some two thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

CHECKS := check-format check-lint check-types check-imports check-templates check-django-style \
	check-migrations check-migration-safety check-deployment check-schema check-translations

.DEFAULT_GOAL := help
.PHONY: help run test check $(CHECKS) fmt bench screenshots messages lock schema setup setup-dev

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

setup:
	@bin/setup requirements.txt

setup-dev:
	@bin/setup requirements-dev.txt

run: setup ## Run Plenum with a demo community (PORT, PLENUM_HOME)
	@exec $(PYTHON) -m config.launch

test: setup-dev ## Run every check and test, browser journeys included
	@bin/tools
	@$(SANDBOX) $(MAKE) --no-print-directory checks tests

check: setup-dev ## Run the checks alone (a few at a time)
	@$(SANDBOX) $(MAKE) --no-print-directory checks

.PHONY: checks tests
checks:
	@$(PYTHON) manage.py compilemessages --verbosity 0
	@$(MAKE) --no-print-directory --jobs 2 --keep-going --output-sync=target $(CHECKS)
	@echo "All checks passed"

tests:
	@$(PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadfile

check-format:
	@$(BIN)ruff format --check --quiet . || { echo "ruff format: run make fmt"; exit 1; }

check-lint:
	@$(BIN)ruff check --quiet .

check-types:
	@$(BIN)mypy --no-error-summary $(CODE)

check-imports:
	@$(BIN)lint-imports --no-cache >.venv/imports.log 2>&1 || { cat .venv/imports.log; exit 1; }

check-templates:
	@$(BIN)djlint --lint --quiet templates
	@find templates -name '*.html' -print0 | xargs -0 $(BIN)djade --check --target-version 6.1

check-django-style:
	@git ls-files -co --exclude-standard '*.py' | xargs $(BIN)django-upgrade --target-version 6.1 --check

check-migrations:
	@$(PYTHON) manage.py makemigrations --check --dry-run --verbosity 1

# Those that are named make indexes at once: docs/decisions/0023 and 0032.
check-migration-safety:
	@$(PYTHON) manage.py lintmigrations --settings tests.settings --no-cache \
		--include-apps activity community ideas moderation reputation --quiet ok ignore --warnings-as-errors \
		--ignore-name 0003_promises_reviews_merges 0003_choices_and_digests 0007_scored_lane 0002_topics_and_replies 0005_cases \
		>.venv/migrations.log 2>&1 || { cat .venv/migrations.log; exit 1; }

check-deployment:
	@SITE_URL=https://plenum.example ALLOWED_HOSTS=plenum.example PLENUM_DEMO=0 \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

check-schema:
	@$(PYTHON) manage.py spectacular --validate --fail-on-warn --file .venv/schema.yaml
	@diff -u docs/api/schema.yaml .venv/schema.yaml || { echo "docs/api/schema.yaml: run make schema"; exit 1; }

check-translations:
	@$(PYTHON) -m pytest --quiet --no-header tests/architecture/test_translations.py

fmt: setup-dev ## Format code and templates
	@$(BIN)ruff check --fix --quiet . || true
	@$(BIN)ruff format --quiet .
	@find templates -name '*.html' -print0 | xargs -0 $(BIN)djade --target-version 6.1

bench: setup-dev ## Measure speed as ratios (SIZE=S, M or L)
	@$(PYTHON) -m benchmarks $(SIZE)

screenshots: setup-dev ## Take the pictures of every page
	@bin/tools
	@$(PYTHON) -m tests.screenshots

messages: setup-dev ## Collect the texts to translate (needs gettext)
	@$(PYTHON) manage.py makemessages --locale de
	@$(PYTHON) manage.py compilemessages

lock: setup-dev ## Lock the requirements again after a change of requirements*.in
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt

LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.12 \
	--generate-hashes --no-emit-index-url --no-header

schema: setup-dev ## Write docs/api/schema.yaml
	@mkdir -p docs/api
	@$(PYTHON) manage.py spectacular --validate --fail-on-warn --file docs/api/schema.yaml
