# The two commands that matter: `make run` and `make test`. Settings: HOST, PORT, DATA_DIR, LOG_FILE (empty: the terminal).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CODE := articles calculators yibao_site tests manage.py
PYTEST_WORKERS ?= 3
# Modules are compiled once, also where the environment says not to: tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run run-cluster test test-versions test-version lint format bench audit pinyin lock browser nginx java redis

run: $(VENV)/.runtime
	@HTTPS=off LOG_FILE=$${LOG_FILE-site.log} $(BIN)/python manage.py quickstart

# A whole big site on this machine: nginx, two application servers, PostgreSQL, Redis, worker.
run-cluster: $(VENV)/.dev nginx
	HTTPS=off $(BIN)/python -m tests.cluster

test: $(VENV)/.dev browser nginx java
	$(BIN)/pytest -n $(PYTEST_WORKERS)
	$(BIN)/python -m tests.with_services $(BIN)/pytest -n $(PYTEST_WORKERS) --ignore tests/browser -m "not one_database"

# The later Pythons that this machine has, each in a virtual environment of its own: what may depend on the version, on SQLite.
VERSIONS ?= 3.12 3.13
test-versions:
	@for version in $(VERSIONS); do \
	  if python$$version -c "" 2>/dev/null; then $(MAKE) test-version PYTHON=python$$version VENV=.venv$$version || exit 1; \
	  else echo "python$$version is not on this machine"; fi; \
	done

test-version: $(VENV)/.dev java redis
	$(BIN)/pytest -n $(PYTEST_WORKERS) --ignore tests/browser --ignore tests/reliability

lint: $(VENV)/.dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	DATA_DIR=$(VENV)/lint $(BIN)/mypy
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	DATA_DIR=$(VENV)/lint $(BIN)/python manage.py check --deploy --fail-level WARNING
	DATA_DIR=$(VENV)/lint $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.dev
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)
	$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

bench: $(VENV)/.dev
	@for program in tests/benchmarks/[a-z]*.py; do echo "== $$program"; $(BIN)/python $$program || exit 1; done

# Known faults and licences of what is installed.
audit: $(VENV)/.dev
	$(BIN)/python .ci/audit

# The table of how Chinese is read, from pypinyin.
pinyin: $(VENV)/.dev
	$(BIN)/python .ci/pinyin_table

# Exact versions with hashes; needs uv.
lock:
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra scale --extra sentry -c requirements.txt pyproject.toml -o requirements-scale.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra semantic -c requirements.txt pyproject.toml -o requirements-semantic.txt
	uv pip compile -q --universal --generate-hashes --no-header --no-annotate --extra dev --extra scale --extra sentry --extra semantic -c requirements-scale.txt pyproject.toml -o requirements-dev.txt

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); echo "缺少 Python 的 venv 模块，安装 Debian 的 python3-venv……"; apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } || { echo "没有装上：请用管理员身份安装 python3-venv。"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "安装依赖：第一次约需一分钟，占 250 MB，都在 $(VENV) 里……"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

nginx:
	@[ -x /usr/sbin/nginx ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null; } || { echo "The cluster needs Debian's package nginx, and this account cannot install it."; exit 1; }

# Browser tests drive Debian's Chromium, and need one font with Chinese characters.
browser:
	@command -v chromium-headless-shell >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell fontconfig fonts-noto-cjk >/dev/null; } || { echo "Browser tests need Debian's packages chromium-headless-shell and fonts-noto-cjk, and this account cannot install them."; exit 1; }

# Tests bring a packaged Redis below Python 3.12 only.
redis:
	@command -v redis-server >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server >/dev/null; } || { echo "On Python 3.12 and later the tests need Debian's package redis-server, and this account cannot install it."; exit 1; }

# The W3C's checker of HTML is a Java program.
java:
	@command -v java >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; } || { echo "The HTML check needs Debian's package default-jre-headless, and this account cannot install it."; exit 1; }
