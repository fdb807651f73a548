# Fingerfall's workshop. `make play` and `make test` need Python 3.11 or newer and nothing else; both set up
# .venv by themselves, from requirements.lock, the first time and whenever that file or pyproject.toml changed.

BIN := .venv/bin
READY := .venv/.ready
PYTHONS := $(or $(PYTHON),python3.12 python3.11 python3.13 python3.14 python3)
UV ?= uv
# Programs that the tests start would otherwise compile themselves anew each time.
export PYTHONDONTWRITEBYTECODE :=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help play test coverage check gallery bench words lock clean

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile
	@echo 'ARGS is handed on: make play ARGS=levels, make test ARGS="tests/judge -n 0".'

play: $(READY) ## open the game
	@$(BIN)/fingerfall $(ARGS)

test: $(READY) ## run every test
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

coverage: $(READY) ## run every test, and fail where the core is not covered, branches too
	@$(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report=term $(ARGS)

check: $(READY) ## layout, lint, types and dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/deptry --no-ansi .

gallery: $(READY) ## draw every screen in every theme and language
	@$(BIN)/python -m tests.gallery $(ARGS)

bench: $(READY) ## measure stamps, frames, sound, start-up and memory; ARGS="--write docs/performance.md"
	@$(BIN)/python -m tests.bench $(ARGS)

words: $(READY) ## collect what people read and bring the translations in step
	@$(BIN)/python -m tests.words

lock: ## make requirements.lock anew from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || \
		{ echo 'make lock needs uv: pip install uv, or say where it is: make lock UV=PATH' >&2; exit 1; }
	@rm -f uv.lock
	@$(UV) export --quiet --all-extras --no-emit-project --no-annotate \
		--output-file requirements.lock >/dev/null
	@rm -f uv.lock

clean: ## take away everything that was made here
	rm -rf .venv build dist gallery .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find game tests -name __pycache__ -prune -exec rm -rf {} +

# A Python counts when it is new enough and can make an environment (Debian keeps that in a package of its own).
$(READY): requirements.lock pyproject.toml
	@new_enough= found=; \
	for python in $(PYTHONS); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		new_enough=$$python; \
		$$python -c 'import ensurepip, venv' 2>/dev/null && { found=$$python; break; }; \
	done; \
	if [ -z "$$new_enough" ]; then \
		echo 'Fingerfall needs Python 3.11 or newer; looked for $(PYTHONS).' >&2; \
		echo 'Install one, or name it: make play PYTHON=/path/to/python3' >&2; exit 1; \
	elif [ -z "$$found" ]; then \
		echo "$$new_enough cannot make an environment; install its venv package first" >&2; \
		echo '(Debian, Ubuntu: sudo apt install python3-venv).' >&2; exit 1; \
	fi; \
	echo "Setting up .venv with $$found; this takes half a minute, once."; \
	$$found -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--require-hashes --only-binary :all: --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
