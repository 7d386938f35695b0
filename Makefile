# bare な環境（Python 3.11 以上と make）だけで動く。Windows での同じ手順は README.md にある。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench wheelhouse

demo: $(VENV)/.demo
	$(BIN)/bpr demo

test: $(VENV)/.test
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python -m pytest tests/bench --benchmark-only --benchmark-columns=min,median,rounds -q

# インターネットのない PC（Windows・Linux）へ持ち込む部品。版を選ぶには make wheelhouse PYTHONS="3.11 3.12"
wheelhouse: $(VENV)/.demo
	$(BIN)/python .ci/wheelhouse/collect.py $(PYTHONS)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.test: tests/requirements.lock $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	touch $@
