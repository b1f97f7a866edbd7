# One command each. Everything runs in .venv, which the first command makes.
.PHONY: demo test check fuzz bench docs page lock sbom audit clean
BIN := .venv/bin

demo: .venv/.ready ## read the example articles and show what they bear on
	$(BIN)/detente demo

test: .venv/.ready ## run all tests
	$(BIN)/pytest

check: .venv/.ready ## format, lint, types, imports, no sentence of the development data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python benchmarks/overlap.py

fuzz: .venv/.ready ## ten minutes of hostile input for each parser, other input every day
	DETENTE_FUZZ_SECONDS=600 DETENTE_FUZZ_SEED=$$(date +%Y%j) $(BIN)/pytest tests/fuzz

bench: .venv/.ready ## speed beside the bare model, and the scored development data when it is there
	$(BIN)/detente bench
	$(BIN)/python benchmarks/quality.py

docs: .venv/.ready ## write the generated parts of the documentation
	$(BIN)/python scripts/build_docs.py
	$(BIN)/python scripts/build_http.py

page: page/node_modules/.ready ## build the observatory's page into the package
	cd page && npm run build

page/node_modules/.ready: page/package-lock.json
	cd page && npm ci --no-audit --no-fund
	touch $@

lock: .venv/.ready ## write the lock anew: versions and hashes, no registry's address
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.12 pyproject.toml --group dev -o requirements.lock

sbom: .venv/.ready ## write sbom.cdx.json: all packages and models, with versions and hashes
	$(BIN)/python scripts/sbom.py sbom.cdx.json

audit: sbom ## compare them with published vulnerabilities, offline: make audit OSV="pypi.zip npm.zip" (dumps of osv.dev)
	$(BIN)/python scripts/vulnerabilities.py sbom.cdx.json $(OSV)

clean: ## remove what the other commands made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.ready: requirements.lock pyproject.toml scripts/setup.sh
	scripts/setup.sh
