# Everything a newcomer needs. `make` alone lists the targets.
PYTHON ?= python3.11
PORT ?= 8501
BIN := .venv/bin

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/'

.venv/runtime: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --requirement requirements.txt
	@touch $@

.venv/tools: .venv/runtime requirements-dev.txt
	$(BIN)/pip install --quiet --requirement requirements.txt --requirement requirements-dev.txt
	@touch $@

setup: .venv/runtime ## Make .venv and install what the assistant needs

run: .venv/runtime ## Ingest the guides if there is no index yet, and serve the chat
	@$(BIN)/python ingest.py --status >/dev/null 2>&1 || $(BIN)/python ingest.py
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/tools ## Run every test
	@scripts/chromium
	$(BIN)/python -m pytest

check: .venv/tools ## Check formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

PIP_COMPILE = pip-compile --quiet --strip-extras --allow-unsafe \
	--no-emit-find-links --no-emit-index-url --no-emit-trusted-host

lock: ## Compile requirements*.txt from requirements*.in (needs pip-tools)
	$(PIP_COMPILE) requirements.in
	sed -i 's/^\(torch==[^+]*\)+cpu$$/\1/' requirements.txt
	$(PIP_COMPILE) requirements-dev.in

.PHONY: help setup run test check lock
