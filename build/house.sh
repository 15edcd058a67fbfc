#!/usr/bin/env bash
# How the source is cut into files: how many there are, their lengths, and what to question (a file is a concept: 60 to 120 lines at the median).
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files 'src/*.cs' | xargs wc -l | grep -v ' total$' | sort -n | awk '
  { length_of[NR] = $1; name[NR] = $2; total += $1; if ($1 <= 20) short++ }
  END {
    printf "%d files, %d lines, median %d, longest %d, %d of 20 lines or fewer\n", NR, total, length_of[int((NR + 1) / 2)], length_of[NR], short
    for (i = NR; i > 0 && length_of[i] > 300; i--) printf "over 300 lines: %d %s\n", length_of[i], name[i]
  }'
git ls-files 'src/*.cs' | xargs -n 1 dirname | sort | uniq -c | awk '$1 == 1 { print "a single file directly in: " $2 }'
