# make run · make demo · make test · make bench · make prove
PYTHON ?= python3
PORT   ?= 8501
DATA   ?= data/live
VENV   := .venv
BIN    := $(VENV)/bin

export PORT DATA FULL

.PHONY: run demo test bench prove lock

run: $(VENV)/.runs
	$(BIN)/streamlit run app.py --server.port $(PORT)

# A throw-away school: its folder and its key go when the app is stopped.
demo: $(VENV)/.runs
	@school=$$(mktemp -d) && trap 'rm -rf "$$school"' EXIT INT TERM && \
	export RECORD_KEY_FILE="$$school/key" DATA="$$school/record" && \
	$(BIN)/python -m core demo "$$DATA" && \
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	CHROMIUM="$$($(BIN)/python -m tests.browser.chromium)" && export CHROMIUM && \
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m tests.any_day

bench: $(VENV)/.tests
	$(BIN)/python -m tests.bench

# Attacks what is promised, and writes docs/PROMISES.md; with FULL=1 for a night.
prove: $(VENV)/.tests
	CHROMIUM="$$($(BIN)/python -m tests.browser.chromium)" && export CHROMIUM && \
	$(BIN)/python -m tests.prove

# What is installed, with the hash of every file, and the bill of it; after a change of versions.
lock:
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet uv==0.13.9 cyclonedx-bom==7.5.0
	for of in requirements requirements-dev; do .cache/lock/bin/uv pip compile --quiet \
	  --universal --python-version 3.11 --generate-hashes --no-header $$of.txt -o $$of.lock || exit 1; done
	grep -oE '^[a-zA-Z0-9_.-]+==[^ \]+' requirements.lock | sort -u | .cache/lock/bin/cyclonedx-py \
	  requirements --of JSON --output-reproducible -o docs/bill-of-materials.json -

$(VENV)/.runs: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	touch $@

$(VENV)/.tests: $(VENV)/.runs requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	touch $@
