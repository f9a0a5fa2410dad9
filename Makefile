# What a person types. The steps themselves stand in scripts/, each readable on its own.
.DEFAULT_GOAL := help
.PHONY: help demo tools test test-unit test-web test-browser test-real release-check lint fmt openapi screenshots bench-web bench-classify

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## install what is missing, build, start the demo city; options: make demo ARGS="--http 0.0.0.0:8080"
	scripts/demo $(ARGS)

tools: ## install what the tests need and the machine lacks
	scripts/install-tools test

test: ## everything, from unit to browser, on data of the repository's own
	scripts/test all

lint: ## formatting, clippy, tidy
	scripts/test lint

test-unit: ## the Rust tests, on a real PostgreSQL
	scripts/test unit

test-web: ## the web's types, rules, unit tests and build
	scripts/test web

test-browser: ## the loop in Chromium, against the built program
	scripts/test browser

test-real: ## the tests on real input: make test-real SHARED=folder
	@test -n "$(SHARED)" || { echo "usage: make test-real SHARED=<folder with the real input>"; exit 2; }
	SHARED="$(SHARED)" scripts/test real

release-check: ## benches, licences and advisories, long runs (about an hour)
	scripts/test release

fmt: ## format the Rust code
	cargo fmt --all

openapi: ## regenerate docs/openapi.json and web/src/api/schema.d.ts
	scripts/test openapi-write

screenshots: ## remake docs/screenshots from the running pages
	scripts/test screenshots

bench-web: ## script size and largest contentful paint of the pages, as JSON lines
	scripts/test bench-web

bench-classify: ## the class model beside a linear SVM on real letters: make bench-classify SHARED=folder
	@test -n "$(SHARED)" || { echo "usage: make bench-classify SHARED=<folder with the real input>"; exit 2; }
	cargo build --quiet --release --locked -p bihuan
	SHARED="$(SHARED)" scripts/classify-folds
