using Fovea.Core.Errors;
using Fovea.Study.Running;

namespace Fovea.Tests.Study;

/// <summary>What a cluster is told.</summary>
public sealed class ClusterJobTests
{
    private static readonly ClusterJob s_job = new()
    {
        Name = "paper",
        Program = ["/opt/fovea"],
        Study = "study-paper-64",
        Dataset = "/data/it's here",
        Output = "/shared/paper",
        Shards = 6,
        Cores = 4,
        Hours = 12,
    };
    private static readonly KubernetesJob s_pods = new(
        s_job with { Program = ["fovea"], Dataset = "/volume/it's here", Output = "/volume/paper" }, "images/fovea:1", "claim", "/volume");

    [Fact]
    public void Text_JobArray_RunsAShardInEachTask()
    {
        var lines = new SlurmScript(s_job).Text().Split('\n');
        Assert.Equal("#!/bin/bash", lines[0]);
        foreach (var line in
                new[]
                {
                    "#SBATCH --array=1-6", "#SBATCH --cpus-per-task=4", "#SBATCH --time=12:00:00", "#SBATCH --requeue",
                    "#SBATCH --signal=B:TERM@120", "#SBATCH --job-name=fovea-paper",
                })
        {
            Assert.Contains(line, lines);
        }

        Assert.Contains("exec '/opt/fovea' study run 'study-paper-64' --data '/data/it'\\''s here' --out '/shared/paper' \\", lines);
        Assert.Contains("  --shard \"$SLURM_ARRAY_TASK_ID/6\" --threads \"$SLURM_CPUS_PER_TASK\"", lines);
        RequireDirectivesFirst(lines);
        Assert.DoesNotContain(lines, line => line.Contains("gres", StringComparison.Ordinal) || line.Contains("partition", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_WhatAClusterAsksFor_IsAskedInDirectives()
    {
        var lines = new SlurmScript(s_job with { Gpus = 1 }) { Partition = "gpu", Account = "lab-7", Container = "/images/fovea.sif" }.Text().Split('\n');
        foreach (var line in new[] { "#SBATCH --gres=gpu:1", "#SBATCH --partition=gpu", "#SBATCH --account=lab-7" }) Assert.Contains(line, lines);
        Assert.Contains(
            "exec apptainer exec --nv --bind '/shared' --bind '/data/it'\\''s here' '/images/fovea.sif' 'fovea' study run "
                + "'study-paper-64' --data '/data/it'\\''s here' --out '/shared/paper' \\",
            lines);
        RequireDirectivesFirst(lines);
        Assert.Equal(
            "Account 'a b' is not allowed; allowed: letters, digits and -_.,@+",
            Assert.Throws<InputException>(() => (new SlurmScript(s_job) { Account = "a b" }).Text()).Message);
    }

    [Fact]
    public void Text_StudyWithPhantoms_NamesNoDataset() =>
        Assert.DoesNotContain("--data", new SlurmScript(s_job with { Dataset = null }).Text(), StringComparison.Ordinal);

    [Fact]
    public void Text_NumbersOutOfRange_AreOneLine()
    {
        Assert.StartsWith(
            "Shards 0 is not allowed", Assert.Throws<InputException>(new SlurmScript(s_job with { Shards = 0 }).Text).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Hours 0 is not allowed", Assert.Throws<InputException>(new SlurmScript(s_job with { Hours = 0 }).Text).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Gpus 65 is not allowed; allowed: 0 to 64", Assert.Throws<InputException>((s_pods with { Job = s_job with { Gpus = 65 } }).Text)
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_IndexedJob_IsThisManifest() => Assert.Equal(
        """
        # paper: part JOB_COMPLETION_INDEX + 1 of 6 in each pod. A pod that is evicted saves its state and is started again; finished
        # cells are skipped, begun ones go on from their last checkpoint. To submit it again: kubectl delete job fovea-paper, then kubectl apply.
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: fovea-paper
        spec:
          completionMode: Indexed
          completions: 6
          parallelism: 6
          backoffLimitPerIndex: 20
          activeDeadlineSeconds: 43200
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 120
              containers:
                - name: fovea
                  image: "images/fovea:1"
                  command: ["/bin/sh", "-c", "exec 'fovea' study run 'study-paper-64' --data '/volume/it'\\''s here' --out '/volume/paper' --shard $((JOB_COMPLETION_INDEX + 1))/6 --threads 4"]
                  resources:
                    requests:
                      cpu: "4"
                    limits:
                      cpu: "4"
                      nvidia.com/gpu: "1"
                  volumeMounts:
                    - name: work
                      mountPath: "/volume"
              volumes:
                - name: work
                  persistentVolumeClaim:
                    claimName: "claim"

        """.ReplaceLineEndings("\n"),
        (s_pods with { Job = s_pods.Job with { Gpus = 1 } }).Text());

    [Fact]
    public void Text_WhatAJobCannotBe_IsOneLine()
    {
        static string Refused(ClusterJob job) => Assert.Throws<InputException>((s_pods with { Job = job }).Text).Message;
        const string Rule = "is not within /volume, where the volume claim is mounted; choose another Mount, or another path";
        Assert.Equal("/elsewhere: " + Rule, Refused(s_pods.Job with { Output = "/elsewhere" }));
        Assert.Equal("/volume/../elsewhere: " + Rule, Refused(s_pods.Job with { Output = "/volume/../elsewhere" }));
        Assert.Equal("/volumeshop/data: " + Rule, Refused(s_pods.Job with { Dataset = "/volumeshop/data" }));
        Assert.Equal("mine.toml: " + Rule, Refused(s_pods.Job with { Study = "mine.toml" }));
        Assert.Contains("'/volume/mine.toml'", (s_pods with { Job = s_pods.Job with { Study = "/volume/mine.toml" } }).Text(), StringComparison.Ordinal);
        Assert.Contains(
            "too long for a Job; allowed: 57 letters",
            Assert.Throws<InputException>((s_pods with { Job = s_pods.Job with { Name = new string('a', 58) } }).Text).Message,
            StringComparison.Ordinal);
    }

    // Directives end at the first command.
    private static void RequireDirectivesFirst(string[] lines) =>
        Assert.True(Array.FindLastIndex(lines, line => line.StartsWith("#SBATCH", StringComparison.Ordinal)) < Array.IndexOf(lines, "set -euo pipefail"));
}
