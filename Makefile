# make run: look at it. make test: every test. make check: the one meaning of clean. Runs on Linux and macOS;
# README.md has the plain commands for Windows.

PYTHON ?= python3
PORT ?= 8501
CHROMIUM ?= /usr/bin/chromium

VENV := .venv
PY := $(VENV)/bin/python
STORE := $(if $(OUTCOMES_STORE),$(OUTCOMES_STORE),data/store)

# Where Python is told to keep no bytecode, each process that a test starts would compile the project anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help pictures run test fast check torture same-answers docs demo clean store chromium lock hooks

help:
	@echo "make run    environment, made-up demonstration logs, server on http://127.0.0.1:$(PORT)"
	@echo "make fast   tests that are quick and broad, in about a minute and a half: for while you write"
	@echo "make test   environment, Chromium, every test but the long ones"
	@echo "make check  format, lint, types, generated documents: what clean means here"
	@echo "make same-answers BASE=<commit>   does this tree answer everything as that commit does?"
	@echo "make torture  the long tests, and the long forms: kills, publications under readers, damage, an evil city in the browser, hostile files"
	@echo "make docs   write docs/methods.md and the table of pages in README.md from the code"
	@echo "make pictures  the pictures in README.md and docs/pages.md, from the demonstration logs"
	@echo "make demo   write and load the made-up demonstration logs"
	@echo "make lock   write both lock files from the lists of packages; make lock UPGRADE=--upgrade for newer ones"
	@echo "make hooks  format, lint and make check before each commit"
	@echo "make clean  remove the environment and caches; data/ is left alone"

# Made again only when a lock file changes. A package whose hash is not in it is refused.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r

$(VENV)/runtime-packages: requirements.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Expected Python 3.11 or later, found ' + sys.version.split()[0] + '; name another with make PYTHON=...')"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages; the first time this takes a minute or two."
	@$(INSTALL) requirements.lock
	@touch $@

$(VENV)/test-packages: requirements-dev.lock $(VENV)/runtime-packages
	@echo "Installing test packages."
	@$(INSTALL) requirements-dev.lock
	@touch $@

store: $(VENV)/runtime-packages
	@test -f "$(STORE)/CURRENT" || $(PY) -m outcomes demo

# A scripted visit beside the server takes the first reader's wait for the imports.
run: store
	@$(PY) pages/shell/warm_up.py $(PORT) & $(PY) -m streamlit run app.py --server.port $(PORT)

demo: $(VENV)/runtime-packages
	@$(PY) -m outcomes demo

# The browser tests use the system's Chromium.
chromium:
	@if [ -x "$(CHROMIUM)" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="none"; fi; \
	if command -v apt-get >/dev/null && [ "$$as_root" != none ]; then \
		$$as_root apt-get update -q && \
		$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium; \
	else \
		echo "No Chromium at $(CHROMIUM), which the browser tests use. On Debian: sudo apt-get install chromium."; \
		echo "Elsewhere install Chromium or Chrome and name it: make test CHROMIUM=/path/to/it"; \
	fi

# Files go in their own order, so that the browser files, which go to one process, come first and not last. That process mostly
# waits: one more than there are cores keeps two cores busy. With more cores: make test WORKERS=5.
WORKERS ?= 3
test: $(VENV)/test-packages chromium
	@CHROMIUM="$(CHROMIUM)" $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not long"

# Without Chromium, the real logs, and what is slow or long.
fast: $(VENV)/test-packages
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow and not long and not browser and not real_log"

check: $(VENV)/test-packages
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m docs.generate --check
	@echo "Clean."

# QUICK=1 asks less; WITH=<commit> holds another commit against BASE in place of this tree.
same-answers: $(VENV)/test-packages
	@test -n "$(BASE)" || { echo "Expected a commit, found [none]; for example: make same-answers BASE=main"; exit 2; }
	@$(PY) -m tests.same_answers "$(BASE)" $(if $(WITH),--with "$(WITH)") $(if $(QUICK),--quick)

# The short forms are in make test.
torture: $(VENV)/test-packages chromium
	@CHROMIUM="$(CHROMIUM)" $(PY) -m pytest -m long
	@$(PY) -m tests.torture
	@$(PY) -m tests.torture.hostile_files

docs: $(VENV)/runtime-packages
	@$(PY) -m docs.generate

pictures: $(VENV)/test-packages chromium
	@CHROMIUM="$(CHROMIUM)" $(PY) -m tests.browser.pictures

# Every package that the lists bring with them, one version for Python 3.11 and later on Linux, macOS and Windows, with the
# hash of each file of it. What is locked stays where it can; UPGRADE=--upgrade takes what is newest.
UPGRADE ?=
COMPILE := $(VENV)/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE)
lock: $(VENV)/test-packages
	@$(COMPILE) requirements.txt --output-file requirements.lock
	@$(COMPILE) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock

hooks: $(VENV)/test-packages
	@$(PY) -m pre_commit install

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
