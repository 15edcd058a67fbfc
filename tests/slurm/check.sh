#!/usr/bin/env bash
# Runs the job array that `fovea study emit` writes on a real Slurm: munge, slurmctld and slurmd of the distribution, started here on loopback for this
# one check and stopped after it. One task is killed and queued again in the middle of a training; all cells must then equal those of a run without
# Slurm and without a kill, to the last digit. About four minutes on two cores.
#   tests/slurm/check.sh [COMMAND]      the program, in one word or several; default: builds src/Fovea.Cli
# Needs Debian's packages slurm-wlm and munge, and root (slurmd starts tasks as other users). Says why it is skipped where they are missing.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export PATH="$PATH:/usr/sbin:/sbin"
for tool in munged slurmctld slurmd sbatch scontrol squeue; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed (Debian: slurm-wlm, munge)"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: needs root, slurmd starts tasks as other users"; exit 0; }

work=$(mktemp -d)
chmod 755 "$work"
export SLURM_CONF="$work/slurm.conf"
stop() {
  for daemon in slurmd slurmctld munged; do [ -f "$work/$daemon.pid" ] && kill "$(cat "$work/$daemon.pid")" 2>/dev/null; done
  sleep 1
  rm -rf "$work"
}
fail() { echo "failed: $1" >&2; tail -n 20 "$work"/*.log >&2; exit 1; }
trap stop EXIT

program=("$@")
if [ ${#program[@]} = 0 ]; then
  dotnet build "$root/src/Fovea.Cli" -c Release -v q -nologo >"$work/build.log" || fail "the build"
  program=(dotnet "$root/src/Fovea.Cli/bin/Release/net10.0/fovea.dll")
fi

# A cluster of one node, this machine, that knows nothing of any other on it.
mkdir "$work/state" "$work/spool" "$work/munge"
chmod 700 "$work/state" "$work/spool"
head -c 1024 /dev/urandom >"$work/munge.key"
chmod 400 "$work/munge.key"
cat >"$SLURM_CONF" <<CONF
ClusterName=check
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=27817
SlurmdPort=27818
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
JobRequeue=1
NodeName=localhost NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=check Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
munged --force --key-file="$work/munge.key" --socket="$work/munge/socket" --pid-file="$work/munged.pid" --log-file="$work/munged.log" \
  --seed-file="$work/munge.seed" || fail "munged"
slurmctld -i || fail "slurmctld"
slurmd -N localhost || fail "slurmd"
for _ in $(seq 30); do [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && break; sleep 1; done
[ "$(sinfo -h -o %t)" = idle ] || fail "the node is not idle: $(sinfo -h -o %t)"

# study-smoke with enough steps that a training can be killed in its middle.
sed -e 's/denoiser.training.steps=10"/denoiser.training.steps=400"/' -e 's/checkpoint_every=10"/checkpoint_every=50"/' \
  "$root/configs/studies/study-smoke.toml" >"$work/study.toml"
"${program[@]}" study run "$work/study.toml" --out "$work/alone" --threads 1 >"$work/alone.log" 2>&1 || fail "the study alone"

"${program[@]}" study emit "$work/study.toml" --out "$work/array" --shards 2 --cores 1 --script "$work/job.sbatch" >/dev/null || fail "study emit"
cd "$work"
job=$(sbatch --parsable job.sbatch) || fail "sbatch"
# The first part's process is killed without a warning in the middle of a denoiser's training, behind its checkpoint at step 50; then its task is queued again.
middle() { grep -qE 'denoiser: ([6-9][0-9]|[1-3][0-9][0-9])/400' "fovea-study-smoke-${job}_1.log" 2>/dev/null; }
for _ in $(seq 6000); do middle && break; sleep 0.1; done
middle || fail "the first part never came to the middle of a training"
killed=$(pgrep -o -f "study run $work/study.toml.*--shard 1/2") || fail "the first part ended before it was killed"
kill -KILL "$killed"
scontrol requeue "${job}_1" 2>/dev/null || sbatch --array=1 --parsable job.sbatch >/dev/null
for _ in $(seq 1800); do [ -z "$(squeue -h)" ] && break; sleep 1; done
[ -z "$(squeue -h)" ] || fail "the array did not end: $(squeue)"

cells=0
for cell in "$work"/alone/cells/*.json; do
  diff <(grep -v '_seconds"' "$cell") <(grep -v '_seconds"' "$work/array/cells/$(basename "$cell")") >"$work/difference.log" || fail "$(basename "$cell") differs"
  cells=$((cells + 1))
done
[ "$cells" -gt 0 ] || fail "there are no cells"
echo "passed: $cells cells of a job array, one task of it killed and queued again, equal those of a run alone"
