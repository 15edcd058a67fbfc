#!/usr/bin/env bash
# What continuous integration runs: the README's test command in a clone that lies alone in an empty folder, as users have it; there, too, the site of the
# documentation, and the packages, which are installed and tried; then, where photographs lie beside the repository or outside readers of OpenQASM can be
# had, the tests that need them, by the clone's build; the format check; and one closing line with the counts of both kinds of tests.
set -uo pipefail
cd "$(dirname "$0")"
# One compiler process for all projects of a build, as the SDK has it unless it is told otherwise: minutes less.
export UseSharedCompilation=true
# Builds and tests are short-lived: counting how their code runs, to compile it better later, never pays. The compiler takes some two thirds of the time.
export DOTNET_TieredPGO=0
# New memory is used again while it is near (16 MB of generation 0), as in the tests.
export DOTNET_GCgen0size=0x1000000
alone=$(mktemp -d)
trap 'rm -rf "$alone"' EXIT
status=0 passed=0 failed=0

count() { grep -E "^ *$1: *[0-9]+" "$2" | tail -n 1 | grep -oE "[0-9]+"; }

# Runs the README's test command in a folder, perhaps for a part of the tests, and adds up what it says.
tests() {
  local log="$alone/$1.log" folder="$2"
  shift 2
  (cd "$folder" && dotnet test -c Release "$@") 2>&1 | tee "$log" || status=1
  # No count means that the tests did not run, which is a failure, too.
  passed=$((passed + $(count succeeded "$log" || echo 0)))
  failed=$((failed + $(count failed "$log" || echo 1)))
}

# Runs a script of the clone, whose output is shown if it fails.
script() {
  local log="$alone/script.log"
  (cd "$clone" && "$@") > "$log" 2>&1 || { tail -n 40 "$log"; echo "$* failed"; status=1; }
}

# What `dotnet format --verify-no-changes` asks for, without what the build asks already: styles and analyzers are errors there. It runs beside the tests,
# which leave a core idle now and then.
(dotnet restore -v q && dotnet format whitespace --verify-no-changes --no-restore \
  && dotnet format style --diagnostics IMPORTS --verify-no-changes --no-restore) &
format=$!
clone="$alone/clone/fovea"
if git clone --quiet . "$clone"; then
  tests clone "$clone"
  script build/site.sh
  script build/pack.sh --here "$alone/packages"
  # Now that it has been tested alone, what the other tests need comes beside it, and they take the same build. Where it is not, they are skipped.
  beside=$(dirname "$PWD")
  until [ -d "$beside/shared" ] || [ "$beside" = / ]; do beside=$(dirname "$beside"); done
  [ ! -d "$beside/shared" ] || ln -s "$beside/shared" "$alone/clone/shared"
  if command -v npm > /dev/null; then
    npm ci --prefix "$clone/tests/openqasm" --ignore-scripts || echo "npm: the outside readers of OpenQASM are not installed"
  fi
  # A project without such tests is no failure (8: zero tests ran).
  tests outside "$clone" --no-build --filter-trait "Needs=outside" --ignore-exit-code 8
else
  echo "clone: the repository cannot be cloned"
  status=1
fi
wait "$format" || { echo "format: dotnet format would change files"; status=1; }
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed"
exit "$status"
