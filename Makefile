# Without make: python3 tools/dev.py TARGET
PYTHON ?= python3
export ARGS

.DEFAULT_GOAL := help
.PHONY: run test check bench a11y migrate assets help

run: ## Install, migrate, load the demonstration once and serve (PORT=8000)
	@$(PYTHON) tools/dev.py run

test: ## Run every test, a real PostgreSQL and browser included (ARGS="-k name")
	@$(PYTHON) tools/dev.py test

check: ## Format, lint, types, imports, translations, then every test
	@$(PYTHON) tools/dev.py check

bench: ## Run the benchmarks; ratios go to benchmarks/results
	@$(PYTHON) tools/dev.py bench

a11y: ## Walk every page as every role with axe, at three widths
	@$(PYTHON) tools/dev.py a11y

migrate: ## Bring the database up to date; SQLite is copied first
	@$(PYTHON) tools/dev.py migrate

assets: ## Build static/vendor anew from the locked packages
	@$(PYTHON) tools/dev.py assets

help: ## Print this list
	@$(PYTHON) tools/dev.py help
