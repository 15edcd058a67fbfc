using Fovea.Core.Errors;
using Fovea.Study.Running;

namespace Fovea.Tests.Study;

/// <summary>What a cluster is told.</summary>
public sealed class SlurmScriptTest
{
    private static readonly SlurmScript Script = new() { Name = "paper", Program = ["/opt/fovea"], Study = "study-paper-64", Dataset = "/data/it's here", Output = "/shared/paper", Shards = 6, Cores = 4, Hours = 12 };

    [Fact]
    public void Text_JobArray_RunsAShardInEachTask()
    {
        var lines = Script.Text().Split('\n');
        Assert.Equal("#!/bin/bash", lines[0]);
        foreach (var line in new[] { "#SBATCH --array=1-6", "#SBATCH --cpus-per-task=4", "#SBATCH --time=12:00:00", "#SBATCH --requeue", "#SBATCH --signal=B:TERM@120", "#SBATCH --job-name=fovea-paper" })
            Assert.Contains(line, lines);
        Assert.Contains("exec '/opt/fovea' study run 'study-paper-64' --data '/data/it'\\''s here' --out '/shared/paper' \\", lines);
        Assert.Contains("  --shard \"$SLURM_ARRAY_TASK_ID/6\" --threads \"$SLURM_CPUS_PER_TASK\"", lines);
        // Directives end at the first command.
        Assert.True(Array.FindLastIndex(lines, line => line.StartsWith("#SBATCH", StringComparison.Ordinal)) < Array.IndexOf(lines, "set -euo pipefail"));
    }

    [Fact]
    public void Text_StudyWithPhantoms_NamesNoDataset() => Assert.DoesNotContain("--data", (Script with { Dataset = null }).Text(), StringComparison.Ordinal);

    [Fact]
    public void Text_NumbersOutOfRange_AreOneLine()
    {
        Assert.StartsWith("--shards 0 is not allowed", Assert.Throws<InputException>((Script with { Shards = 0 }).Text).Message, StringComparison.Ordinal);
        Assert.StartsWith("--hours 0 is not allowed", Assert.Throws<InputException>((Script with { Hours = 0 }).Text).Message, StringComparison.Ordinal);
    }
}
