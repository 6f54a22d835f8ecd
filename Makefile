# The two commands of the README are `make run` and `make test`. Everything else serves those who work on the code.
PYTHON ?= python3
LOTSE = .venv/bin/lotse
export OMP_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false

.PHONY: run test check bench bench-load bench-quality bench-channels format setup browser clean

run: setup  ## Build what is missing and start the assistant
	@$(LOTSE) serve

setup:
	@$(PYTHON) tools/bootstrap.py app rasa

test: browser  ## Set up what is missing and run all tests
	@$(PYTHON) tools/bootstrap.py app rasa test
	@$(LOTSE) prepare --dialogue
	@# A browser's event loop stays open in its process, so those tests run in processes of their own.
	@.venv/bin/python -m pytest --ignore=tests/journeys --ignore=tests/unit/widget
	@.venv/bin/python -m pytest tests/unit/widget
	@.venv/bin/python -m pytest tests/journeys

browser:
	@$(PYTHON) tools/browser.py

check:  ## Format, lint, types, import contracts, house rules
	@$(PYTHON) tools/bootstrap.py app test check
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@PYTHONPATH=. .venv/bin/lint-imports
	@.venv/bin/python -m pytest -q tests/house

format:
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

bench: setup  ## Speed and size, as ratios in one run
	@$(PYTHON) tools/bootstrap.py app rasa test train
	@PYTHONPATH=. .venv/bin/python -m benchmarks

bench-load: setup  ## Eight users at once (TURNS=10000 together) and one long conversation (LONG=500 turns)
	@$(PYTHON) tools/bootstrap.py app rasa test
	@$(LOTSE) prepare --dialogue
	@PYTHONPATH=. .venv/bin/python -m benchmarks.load --turns $(or $(TURNS),10000) --long $(or $(LONG),500)

bench-quality: setup  ## Our search beside the usual ones; QUESTIONS=file of judged questions, else our own
	@$(PYTHON) tools/bootstrap.py app rasa test train
	@$(LOTSE) prepare
	@PYTHONPATH=. .venv/bin/python -m benchmarks.quality $(QUESTIONS)

bench-channels: setup  ## Messengers: messages delivered again and again to a server that is killed; MESSAGES=10000
	@$(PYTHON) tools/bootstrap.py app rasa test
	@PYTHONPATH=. .venv/bin/python -m benchmarks.channels --messages $(or $(MESSAGES),10000)

clean:  ## Remove everything that was built; the database in var/ stays
	rm -rf .venv .venv-rasa var/index var/models var/dialogue
