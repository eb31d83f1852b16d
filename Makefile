# Etalon: `make help` lists what can be done. The work is in scripts/.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev release test lint bench openapi schema screenshots

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start Etalon with the demo company on 127.0.0.1:8080
	@scripts/run.sh

dev: ## The same with the server and the web app rebuilt on every save
	@scripts/dev.sh

release: ## Build the one-file release binary, the web app inside
	@scripts/release.sh

test: ## Check formatting, lints, generated files; run all tests on both databases and in the browser
	@scripts/test.sh

lint: ## Check formatting and lints only
	@scripts/lint.sh

bench: ## Measure the server under load on both databases, beside the same SQL run raw
	@scripts/bench.sh

openapi: ## Write openapi/openapi.json from the routes
	@scripts/generate.sh openapi

schema: ## Write crates/persistence/src/schema.rs from the migrations
	@scripts/generate.sh schema

screenshots: ## Take the screenshots for the README
	@scripts/screenshots.sh
