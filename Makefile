# `make demo` and `make test` need nothing set up first. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PIP := $(BIN)/pip --quiet --disable-pip-version-check
PEERS_VENV := .venv-peers
PEERS := $(PEERS_VENV)/.installed
PORT ?= 8000
ARTICLES ?= index/sample/articles.jsonl
WORKERS ?= 2
ROUNDS ?= 4
MINUTES ?= 30
# Temporary files are kept in memory if it has room: the stores wait for the disk at every write.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'END {if ($$4 > 2000000) print $$6}')
PYTEST := PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(BIN)/pytest -n $(WORKERS) --dist loadfile
FAST := not slow and not real and not server and not browser and not data

.PHONY: demo serve check test faults eval figures wheel wheelhouse lint format bench bench-peers bench-gate soak clean help
.DEFAULT_GOAL := help

demo: $(RUN)  ## index the sample archive and ask it the example questions
	$(BIN)/onrecord demo

serve: $(RUN)  ## start the page and the API on http://127.0.0.1:8000 (or PORT=...)
	$(BIN)/onrecord serve --port $(PORT)

check: lint  ## run the linters and the fast tests: what to run while you work
	$(PYTEST) -m "$(FAST)"

test: lint  ## run the linters and every test (WORKERS=auto uses all cores)
	$(PYTEST)

faults: $(DEV)  ## try more rounds of what may go wrong: kills, damage, full disks, odd requests
	ONRECORD_FAULT_ROUNDS=$(ROUNDS) $(PYTEST) tests/faults

eval: $(RUN)  ## answer the sample's questions and compare the measures with the gates
	rm -rf runs/sample
	$(BIN)/onrecord eval run sample --out runs/sample
	$(BIN)/onrecord eval gate runs/sample --gates eval/gates.toml

figures: $(RUN)  ## write the tables of README and docs from eval/figures/*.json
	$(BIN)/python -m eval.figures

wheel: $(DEV)  ## build the wheel and run the demo from it in a new environment
	.ci/check-wheel $(BIN)

wheelhouse: $(RUN)  ## collect all wheels in dist/wheelhouse, for machines without internet
	.ci/wheelhouse $(BIN) dist/wheelhouse

lint: $(DEV)  ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## fix what ruff can fix, and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(RUN)  ## measure speed and memory over the sample (or ARTICLES=PATH)
	$(BIN)/onrecord bench $(ARTICLES)

bench-peers: $(PEERS)  ## make the environment of the libraries that `onrecord bench --part peers` compares us with

bench-gate: $(RUN)  ## compare our speed with a plain script's, and fail if it fell behind
	$(BIN)/python -m eval.bench.gate

soak: $(RUN)  ## serve a copy of DATA for MINUTES under load, and look for what is lost or slow
	$(BIN)/python -m eval.bench.soak --data $(DATA) --minutes $(MINUTES)

clean:  ## remove the environment and all caches, but no archive
	rm -rf $(VENV) $(PEERS_VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else \
	  "This is Python %d.%d, but 3.11 or newer is needed: run make PYTHON=python3.11 ..." % v)'
	$(PYTHON) -m venv $(VENV)

# torch is installed first and by its exact version, so that pip prefers a build without CUDA.
$(RUN): pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(PIP) install "$$(grep '^torch==' $(CONSTRAINTS))"
	$(PIP) install -c $(CONSTRAINTS) -e .
	@touch $@

$(DEV): $(RUN)
	$(PIP) install -c $(CONSTRAINTS) -e '.[dev]'
	@touch $@

$(PEERS): .ci/peers.txt
	$(PYTHON) -m venv $(PEERS_VENV)
	$(PEERS_VENV)/bin/pip --quiet --disable-pip-version-check install "$$(grep '^torch==' .ci/peers.txt)"
	$(PEERS_VENV)/bin/pip --quiet --disable-pip-version-check install -r .ci/peers.txt
	@touch $@
