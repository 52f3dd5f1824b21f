# `make` alone prints what there is: each target's help is the comment behind it.
BIN := .venv/bin
PIN := uv pip compile --quiet --universal --python-version 3.11 --custom-compile-command "make requirements"

.DEFAULT_GOAL := help
.PHONY: help run test check format campaign bench requirements clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

run: ## Start Casey: store, web, worker and ticker (HOST, PORT, CASEY_DATA_DIR, DATABASE_URL, REDIS_URL ...)
	@bin/bootstrap
	@exec $(BIN)/caseyd

test: ## Run the whole test suite, against real servers (ARGS="-k closing" runs some of it)
	@bin/bootstrap dev
	@bin/debian-packages
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: ## Check style, types and the direction of imports
	@bin/bootstrap dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy --strict app
	@$(BIN)/lint-imports --no-logo

format: ## Format the code and mend what ruff can mend
	@bin/bootstrap dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

campaign: ## Run the long proofs with their full numbers
	@bin/bootstrap dev
	@bin/debian-packages
	@CASEY_FULL=1 $(BIN)/pytest -m campaign -s tests $(ARGS)

bench: ## Measure how fast Casey is here
	@bin/bootstrap dev
	@$(BIN)/python -m bench $(ARGS)

requirements: ## Pin what pyproject.toml asks for, and all that it drags in
	@bin/bootstrap dev
	@PATH="$$PWD/$(BIN):$$PATH" && $(PIN) pyproject.toml -o requirements.txt
	@PATH="$$PWD/$(BIN):$$PATH" && $(PIN) --extra s3 -c requirements.txt pyproject.toml -o requirements-s3.txt
	@PATH="$$PWD/$(BIN):$$PATH" && $(PIN) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove the environment and every cache; var/ with its data stays
	@rm -rf .venv build dist .*_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
