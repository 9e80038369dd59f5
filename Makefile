# One verb a line. `make run` and `make test` do all their own set-up; the rest is for those who work on the project.
.DEFAULT_GOAL := help
PY := .venv/bin/python
.PHONY: help setup run serve-cohort setup-test test check bench torture quality schema verdicts fmt cluster cluster-down lock screenshots

help: ## what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with the run-time packages
	@sh tools/setup.sh run

run: setup ## serve the app on 127.0.0.1:8000 (PORT=, HOST=, DATABASE_URL= are honoured)
	@$(PY) -m quizapp serve

serve-cohort: setup ## serve a cohort: several workers on PostgreSQL, set up by the environment (docs/server.md)
	@QUIZAPP_MODE=server $(PY) -m quizapp serve-cohort

setup-test: ## bring what tests need: packages, Chromium, PostgreSQL, the test cluster
	@sh tools/setup.sh dev
	@$(PY) -m tools.setup_test

test: setup-test ## run every test there is
	@$(PY) -m tools.test

check: ## style alone: import contracts, ruff, mypy, size walls
	@sh tools/setup.sh dev
	@$(PY) -m pytest -q -m style

bench: ## what things cost, as ratios to something measured beside them; writes bench.json
	@$(PY) -m tools.bench

torture: setup-test ## kill -9 a hundred times, fill a real disk, send everything at once (as root, for the disk)
	@QUIZAPP_TORTURE=1 QUIZAPP_KILLS=100 QUIZAPP_ROUNDS=100 $(PY) -m pytest -q -n0 -m "" tests/services/test_kill.py \
		tests/services/test_at_the_same_time.py tests/safekeeping tests/scheduling

quality: ## how good the generated questions are, by what people said of them; writes docs/quality.md
	@$(PY) -m tools.quality

schema: ## what editors know of lab.yaml, from the checks; writes docs/labs/schema.json
	@$(PY) -m tools.lab_schema

verdicts: ## how many situations the diagnosis judges right, in all and by rule
	@$(PY) -m tools.verdicts --wrong

fmt: ## format the code
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix -q .

cluster: ## start a practice Kubernetes on this Linux machine
	@python3 -m tools.cluster up

cluster-down: ## stop it and leave the machine as it was
	@python3 -m tools.cluster down

lock: ## pin the packages named in requirements*.in again
	@$(PY) -m tools.lock

screenshots: ## take the pictures of every page into docs/images
	@$(PY) -m tools.screenshots docs/images
