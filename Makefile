# Two commands set everything up: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PORT ?= 8000
ARTICLES ?= index/sample/articles.jsonl

.PHONY: demo serve test eval lint format bench clean help
.DEFAULT_GOAL := help

demo: $(RUN)  ## set up, index the sample archive, ask it the example questions
	$(BIN)/onrecord demo

serve: $(RUN)  ## the page and the API on http://127.0.0.1:8000 (PORT=... for another)
	$(BIN)/onrecord serve --port $(PORT)

test: lint  ## lint, types, imports, tests
	$(BIN)/pytest

eval: $(RUN)  ## ask the sample its questions, print the measures, hold them to the gates
	rm -rf runs/sample
	$(BIN)/onrecord eval run sample --out runs/sample
	$(BIN)/onrecord eval gate runs/sample --gates eval/gates.toml

lint: $(DEV)  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## put the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(RUN)  ## speed and memory over the sample, or make bench ARTICLES=PATH
	$(BIN)/onrecord bench $(ARTICLES)

clean:  ## remove the environment and every cache; archives stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else \
	  "Python %d.%d found, 3.11 or newer wanted: run make PYTHON=python3.11 ..." % v)'
	$(PYTHON) -m venv $(VENV)

# torch comes first and alone: asked for by its exact version, pip takes the build without CUDA
# wherever one is at hand.
$(RUN): pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep '^torch==' $(CONSTRAINTS))"
	$(BIN)/pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e .
	@touch $@

$(DEV): $(RUN)
	$(BIN)/pip install --quiet --disable-pip-version-check -c $(CONSTRAINTS) -e '.[dev]'
	@touch $@
