using System.Globalization;
using System.Text;
using Fovea.Core.Errors;

namespace Fovea.Study.Running;

/// <summary>A Slurm job array that runs a study, a part of it in each task, into a folder that all nodes see.</summary>
public sealed record SlurmScript
{
    private const int MostShards = 10_000;

    /// <summary>The study's name.</summary>
    public required string Name { get; init; }

    /// <summary>The program with the arguments before <c>study</c>.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>The study's file or shipped name.</summary>
    public required string Study { get; init; }

    /// <summary>The dataset's folder; null for the study's own phantoms.</summary>
    public string? Dataset { get; init; }

    /// <summary>The study's folder.</summary>
    public required string Output { get; init; }

    /// <summary>Tasks of the array.</summary>
    public required int Shards { get; init; }

    /// <summary>Cores a task.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>Hours a task may run; what is not finished then goes on when the script is submitted again.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>The script's text.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public string Text()
    {
        Require("--shards", Shards, MostShards);
        Require("--cores", Cores, 1024);
        Require("--hours", Hours, 10_000);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            #!/bin/bash
            # {Name}: part $SLURM_ARRAY_TASK_ID of {Shards} in each task of the array. Submit it again as often as it takes: finished cells are
            # skipped, begun ones go on from their last checkpoint, and a cell that another task is running is left alone.
            #SBATCH --job-name=fovea-{Name}
            #SBATCH --array=1-{Shards}
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task={Cores}
            #SBATCH --time={Hours}:00:00
            #SBATCH --output=%x-%A_%a.log
            #SBATCH --open-mode=append
            #SBATCH --requeue
            # Two minutes before the end, so that the state of the moment is saved.
            #SBATCH --signal=B:TERM@120
            set -euo pipefail
            exec {string.Join(' ', Program.Select(Quoted))} study run {Quoted(Study)}{(Dataset is null ? "" : $" --data {Quoted(Dataset)}")} --out {Quoted(Output)} \
              --shard "$SLURM_ARRAY_TASK_ID/{Shards}" --threads "$SLURM_CPUS_PER_TASK"

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Require(string option, int value, int most)
    {
        if (value < 1 || value > most) throw new InputException($"{option} {value} is not allowed; allowed: 1 to {most}");
    }

    // For the shell: between single quotes everything means itself.
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
