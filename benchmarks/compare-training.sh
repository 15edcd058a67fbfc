#!/usr/bin/env bash
# Training steps a second of this tree beside those of another commit, in one run on one machine: builds both, trains both in turn on phantoms,
# and prints for each network the median milliseconds a step and the ratio.
#   benchmarks/compare-training.sh COMMIT [CONFIG] [ROUNDS] [STEPS] [--set KEY=VALUE ...]
#   benchmarks/compare-training.sh 07fc707 fundus-64 3 40 --set quantum.enabled=false
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
commit=${1:?commit to compare with}; config=${2:-fundus-64}; rounds=${3:-3}; steps=${4:-40}
shift $(( $# < 4 ? $# : 4 ))
work=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$work/other" 2>/dev/null || true; rm -rf "$work"' EXIT
git -C "$root" worktree add --detach --quiet "$work/other" "$commit"
for tree in "$root" "$work/other"; do dotnet build "$tree/src/Fovea.Cli" -c Release -v q -nologo -o "$work/bin-$(basename "$tree")" >"$work/build.log" || { cat "$work/build.log"; exit 1; }; done
new="$work/bin-$(basename "$root")/fovea.dll"; old="$work/bin-other/fovea.dll"
size=$(sed -n 's/^size = //p' "$root/configs/$config.toml")
dotnet "$new" phantom --out "$work/data" --count 128 --size "$size" >/dev/null 2>&1

# One training; the seconds between the log lines of each network, divided by the steps between them, without the first line and the last, which pays for
# pictures and weights too.
train() {
  local name=$1 program=$2 tree=$3; shift 3
  dotnet "$program" train "$tree/configs/$config.toml" --data "$work/data" --out "$work/run" --set autoencoder.training.steps="$steps" --set denoiser.training.steps="$steps" \
    --set run.log_every=10 --set run.grid_every=1000000 --set run.checkpoint_every=1000000 "$@" >/dev/null 2>"$work/log" || { cat "$work/log"; exit 1; }
  for stage in autoencoder denoiser; do
    grep "\"stage\":\"$stage\"" "$work/run/metrics.jsonl" | sed -E 's/.*"step":([0-9]+).*"seconds":([0-9.]+).*/\1 \2/' \
      | awk -v last="$steps" -v tag="$stage $name" 'NR > 1 && $1 < last { print tag, ($2 - s) / ($1 - n) * 1000 } { n = $1; s = $2 }' >>"$work/times"
  done
  rm -rf "$work/run"
}
for _ in $(seq "$rounds"); do train old "$old" "$work/other" "$@"; train new "$new" "$root" "$@"; done
median() { grep "^$1 $2 " "$work/times" | cut -d' ' -f3 | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for stage in autoencoder denoiser; do
  awk -v s="$stage" -v o="$(median $stage old)" -v n="$(median $stage new)" 'BEGIN { printf "%-12s %8.1f ms a step there, %8.1f ms here: %.2f times the steps a second\n", s, o, n, o / n }'
done
