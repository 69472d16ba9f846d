# Alongside. `make help` lists what there is.

PYTHON ?= python3
VENV   ?= .venv
IN      = $(VENV)/bin
STATE   = $(or $(ALONGSIDE_STATE),var)
TESTS  ?= tests
AT_ONCE ?= 2
SHARED = -n $(AT_ONCE) --dist loadscope --no-loadscope-reorder
FAULT_TESTS ?= tests/faults
OVER_A_BROKER = tests/integration/messaging tests/integration/deploy tests/integration/matcher/test_over_the_broker.py tests/integration/matcher/test_live.py \
	tests/integration/portal/test_guide.py tests/machines/test_spoilt_messages.py tests/journeys/test_main_job.py tests/journeys/test_trouble.py
BESIDE_A_BROKER = $(patsubst %,--ignore=tests/integration/messaging/test_%.py,a_thousand_corruptions parked_decisions parked_poison)
export VENV

.DEFAULT_GOAL := help
.PHONY: help run up setup setup-dev frontend test test-quick test-browser test-messaging faults faults-long check lint-deploy kafka docs lock reset clean

help: ## show this
	@printf '\n  \033[1mAlongside\033[0m matches people who draw on care and support with personal assistants.\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[36mmake %-15s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n  Settings, for example ALONGSIDE_PORTAL_PORT=8080 make run:\n'
	@printf '    ALONGSIDE_PORTAL_PORT 8000   ALONGSIDE_REGISTRY_PORT 8001   ALONGSIDE_MATCHER_PORT 8002\n'
	@printf '    ALONGSIDE_NOTIFIER_PORT 8003 ALONGSIDE_KAFKA_PORT 9092      ALONGSIDE_STATE var\n'
	@printf '    ALONGSIDE_SAMPLE leicester (or none)   BROKER=kafka make run: on Apache Kafka (after make kafka)\n\n'

run: setup frontend ## everything on this machine: database, broker, four services, a sample council
	@exec $(IN)/python -m deploy.embedded

setup:
	@$(PYTHON) deploy/prepare.py run

setup-dev:
	@$(PYTHON) deploy/prepare.py dev

frontend:
	@$(IN)/python -m deploy.frontend
	@$(IN)/python -m deploy.braille

test: setup-dev frontend ## all tests but the browser's and the faults (BROKER=kafka: on Apache Kafka); sets itself up
	@$(MAKE) --no-print-directory --jobs=2 check test-quick

test-quick: setup-dev frontend ## the same without style and types, which take a processor for a minute
	$(IN)/python -m pytest $(TESTS) --ignore=tests/browser --ignore=tests/faults $(SHARED)

test-browser: setup-dev frontend ## the pages in a real browser (needs chromium-headless-shell, or chromium)
	$(IN)/python -m pytest tests/browser $(SHARED) -n 2

test-messaging: setup-dev frontend ## only the tests in which events travel, for BROKER=kafka
	$(IN)/python -m pytest $(OVER_A_BROKER) $(BESIDE_A_BROKER) $(SHARED)

faults: setup-dev frontend ## everything that can go wrong, then the ledgers compared (BROKER=kafka: on Apache Kafka)
	$(IN)/python -m pytest $(FAULT_TESTS) -s

faults-long: setup-dev frontend ## the same with 10,000 events and 200 faults (EVENTS=, FAULTS=, SEED=), and a million contact timelines
	WITHIN=yes $(IN)/python -m pytest tests/faults/test_crash_points.py tests/faults/test_crash_points_of_services.py -s
	EVENTS=$(or $(EVENTS),10000) FAULTS=$(or $(FAULTS),200) $(IN)/python -m pytest tests/faults/test_real_services.py -s
	MACHINES=$(or $(MACHINES),1000000) $(IN)/python -m pytest tests/machines -s -n $(AT_ONCE)

check: setup-dev ## style, types, and the rules of the architecture
	$(IN)/ruff check --quiet .
	$(IN)/mypy
	$(IN)/lint-imports --no-cache

lint-deploy: setup-dev ## docker-compose.yml as Docker Compose reads it; the Dockerfile by hadolint
	$(IN)/python -m pytest tests/architecture/test_deployment.py

kafka: setup ## fetch Apache Kafka itself (needs Java 17 and Maven), for BROKER=kafka
	@$(IN)/python -m deploy.kafka.apache fetch

docs: setup-dev ## write docs/openapi, docs/asyncapi and docs/schemas anew from the code
	@$(IN)/python -m deploy.interfaces

lock: setup-dev ## write requirements/*.txt anew from pyproject.toml
	@PATH=$(IN):$$PATH $(IN)/python -m deploy.lock

reset: ## forget everything that was kept between runs (the fetched jars and pages' style stay)
	@$(PYTHON) -m deploy.embedded.reset $(STATE)

clean: reset ## also remove the environment and all that was fetched
	@rm -rf $(VENV) var
