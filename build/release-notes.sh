#!/usr/bin/env bash
# The newest section of CHANGELOG.md, without its heading: what is unreleased, or of a version that is given (build/release-notes.sh 0.1.0).
set -euo pipefail
cd "$(dirname "$0")/.."
notes=$(awk -v version="${1:-}" '
  /^## / {
    if (inside) exit
    name = $2
    gsub(/[][]/, "", name)
    inside = version == "" || name == version
    next
  }
  inside' CHANGELOG.md | sed -e '/./,$!d')
[ -n "$notes" ] || { echo "CHANGELOG.md: has no section ${1:-}" >&2; exit 2; }
printf '%s\n' "$notes"
