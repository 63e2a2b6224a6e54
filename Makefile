# The site's commands. `make help` lists them; the README explains them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run editor test test-postgres check bench screenshots share-picture venv tools
MAKEFLAGS += --no-print-directory

# Another interpreter to build the environment with: make PYTHON=python3.12 run
export PYTHON ?= python3
IN := .venv/bin/python
# What `make check` looks at is never the developer's own data.
SCRATCH = $$(mktemp -d)
PROVEN := mgsite/markup/*,articles/actions/*,articles/policies.py,articles/gate.py,articles/publication.py,forms_catalog/alerts.py,forms_catalog/grading/rule.py,articles/rendering.py,forms_catalog/actions.py

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: venv ## Start the site on http://127.0.0.1:8000 (HOST, PORT)
	@exec $(IN) manage.py serve

editor: venv ## Create a staff account (asks; or DJANGO_SUPERUSER_USERNAME, _EMAIL, _PASSWORD)
	@$(IN) manage.py migrate --skip-checks --verbosity 0
	@if [ -n "$$DJANGO_SUPERUSER_PASSWORD" ]; then $(IN) manage.py createsuperuser --no-input; \
	elif [ -t 0 ]; then $(IN) manage.py createsuperuser; \
	else echo "There is no terminal to ask on: set DJANGO_SUPERUSER_USERNAME, _EMAIL and _PASSWORD." >&2; exit 1; fi

test: tools ## Run the whole suite, real browser included, and print branch coverage
	@$(IN) -m tests.browser.browsers
	@rm -f .coverage .coverage.*
	@$(IN) -m pytest -n logical --dist loadgroup --cov --cov-report=term -q
	@echo "Every branch of the renderer, the actions and the policies:"
	@$(IN) -m coverage report --include='$(PROVEN)' --fail-under=100

test-postgres: tools ## Run the database tests on PostgreSQL (DATABASE_URL, else a server of their own)
	@$(IN) -m tests.postgres -m "not browser" -n logical --dist loadgroup -q

check: tools ## Lint, types, import directions, migrations in step, deployment checks
	@$(IN) -m ruff check
	@$(IN) -m ruff format --check
	@$(IN) -m mypy
	@$(IN) -c 'from importlinter.cli import lint_imports_command as main; main()'
	@scratch=$(SCRATCH); trap 'rm -rf "$$scratch"' EXIT; \
	unset DATABASE_URL MGSITE_DEBUG MGSITE_SECRET_KEY; \
	export MGSITE_DATA_DIR="$$scratch" MGSITE_URL=https://example.org; \
	$(IN) manage.py makemigrations --check --dry-run && \
	$(IN) manage.py check --deploy --fail-level WARNING

bench: tools ## Print speed, weight and query counts beside their budgets
	@$(IN) -m tests.bench

screenshots: tools ## Take pictures of every kind of page into docs/screenshots
	@$(IN) -m tests.screenshots

share-picture: tools ## Draw the picture that shared links show (static/img/share.png)
	@$(IN) -m tests.share_picture

venv:
	@.ci/venv requirements.txt

tools:
	@.ci/venv tests/requirements.txt
