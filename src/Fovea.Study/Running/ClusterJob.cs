using System.Globalization;
using System.Text;
using System.Text.Json;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Study.Definitions;
using Fovea.Study.Planning;

namespace Fovea.Study.Running;

/// <summary>A study that a cluster runs, a part of it in each task, into a folder that all nodes see.</summary>
public sealed record ClusterJob
{

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

    /// <summary>Tasks, each with its part of the cells.</summary>
    public required int Shards { get; init; }

    /// <summary>Cores a task.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>GPUs a task; 0 for none.</summary>
    public int Gpus { get; init; }

    /// <summary>Hours a task may run; what is not finished then goes on when the job is submitted again.</summary>
    public int Hours { get; init; } = 24;

    /// <summary>Requires numbers within their ranges.</summary>
    /// <exception cref="InputException">One is not.</exception>
    internal void Check()
    {
        Require(nameof(Shards), Shards, 1, Shard.Most);
        Require(nameof(Cores), Cores, 1, 1024);
        Require(nameof(Gpus), Gpus, 0, 64);
        Require(nameof(Hours), Hours, 1, 10_000);
    }

    /// <summary>The command of a task as a shell reads it, up to the share that it takes.</summary>
    internal string Command() =>
        $"{string.Join(' ', Program.Select(CommandLine.Quoted))} study run "
            + $"{CommandLine.Quoted(Study)}{(Dataset is null ? "" : $" --data {CommandLine.Quoted(Dataset)}")} "
            + $"--out {CommandLine.Quoted(Output)}";

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw InputException.NotAllowed(name, value, $"{least} to {most}");
    }
}

/// <summary>A Slurm job array that runs it.</summary>
/// <param name="Job">What is run.</param>
public sealed record SlurmScript(ClusterJob Job)
{
    /// <summary>The partition; null for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The account that pays; null for the user's default.</summary>
    public string? Account { get; init; }

    /// <summary>An Apptainer image whose <c>fovea</c> is run in place of the program; null for none.</summary>
    public string? Container { get; init; }

    /// <summary>The script's text.</summary>
    /// <exception cref="InputException">A number is out of its range, or a name cannot stand in a directive.</exception>
    public string Text()
    {
        Job.Check();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            #!/bin/bash
            # {Job.Name}: part $SLURM_ARRAY_TASK_ID of {Job.Shards} in each task of the array. Submit it again as often as it takes: finished cells are
            # skipped, begun ones go on from their last checkpoint, and a cell that another task is running is left alone.
            #SBATCH --job-name=fovea-{Job.Name}
            #SBATCH --array=1-{Job.Shards}
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task={Job.Cores}
            {Asked()}#SBATCH --time={Job.Hours}:00:00
            #SBATCH --output=%x-%A_%a.log
            #SBATCH --open-mode=append
            #SBATCH --requeue
            # Two minutes before the end, so that the state of the moment is saved.
            #SBATCH --signal=B:TERM@120
            set -euo pipefail
            exec {Contained()}{(Container is null ? Job : Job with { Program = ["fovea"] }).Command()} \
              --shard "$SLURM_ARRAY_TASK_ID/{Job.Shards}" --threads "$SLURM_CPUS_PER_TASK"

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private string Asked()
    {
        var asked = new StringBuilder();
        if (Job.Gpus > 0) asked.Append(CultureInfo.InvariantCulture, $"#SBATCH --gres=gpu:{Job.Gpus}\n");
        if (Partition is { } partition) asked.Append(CultureInfo.InvariantCulture, $"#SBATCH --partition={Word(nameof(Partition), partition)}\n");
        if (Account is { } account) asked.Append(CultureInfo.InvariantCulture, $"#SBATCH --account={Word(nameof(Account), account)}\n");
        return asked.ToString();
    }

    // The folders must be seen within under the same names.
    private string Contained()
    {
        if (Container is not { } image) return "";
        var folders = new[] { Path.GetDirectoryName(Job.Output) ?? Job.Output, Job.Dataset, File.Exists(Job.Study) ? Path.GetDirectoryName(Job.Study) : null };
        var binds = folders.OfType<string>().Distinct().Select(folder => $"--bind {CommandLine.Quoted(folder)} ");
        return $"apptainer exec {(Job.Gpus > 0 ? "--nv " : "")}{string.Concat(binds)}{CommandLine.Quoted(image)} ";
    }

    private static string Word(string name, string value) => value.All(
        letter => char.IsAsciiLetterOrDigit(letter) || "-_.,@+".Contains(letter, StringComparison.Ordinal))
        ? value
        : throw InputException.NotAllowed(name, $"'{value}'", "letters, digits and -_.,@+");
}

/// <summary>An indexed Kubernetes Job that runs it (batch/v1; kubernetes.io, "Indexed Job for Parallel Processing with Static Work Assignment").</summary>
/// <param name="Job">What is run; its program is the image's.</param>
/// <param name="Image">The container image, whose <c>fovea</c> is run.</param>
/// <param name="Claim">The persistent volume claim that all tasks mount, at <paramref name="Mount"/>; its file system must pass file locks on.</param>
/// <param name="Mount">Where; the study's folder and the dataset lie in it.</param>
public sealed record KubernetesJob(ClusterJob Job, string Image, string Claim, string Mount)
{
    private const int LongestName = 63;
    private const int Retries = 20;

    /// <summary>The manifest's text.</summary>
    /// <exception cref="InputException">A number is out of its range, the name is too long, or a folder is not on the volume.</exception>
    public string Text()
    {
        Job.Check();
        var name = "fovea-" + Job.Name;
        if (name.Length > LongestName) throw new InputException($"study {Job.Name}: its name is too long for a Job; allowed: {LongestName - 6} letters");
        // What pods write or read elsewhere is lost with them, or never there.
        var study = ShippedStudies.Names.Contains(Job.Study) ? null : Job.Study;
        foreach (var path in new[] { Job.Output, Job.Dataset, study }.OfType<string>())
        {
            if (!IsWithin(path))
            {
                throw new InputException(
                    $"{path}: is not within {Mount}, where the volume {Claim} is mounted; "
                        + $"choose another {new NamedInput("Mount")}, or another path");
            }
        }

        var command = $"exec {Job.Command()} --shard $((JOB_COMPLETION_INDEX + 1))/{Job.Shards.ToString(CultureInfo.InvariantCulture)} "
            + $"--threads {Job.Cores.ToString(CultureInfo.InvariantCulture)}";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # {Job.Name}: part JOB_COMPLETION_INDEX + 1 of {Job.Shards} in each pod. A pod that is evicted saves its state and is started again; finished
            # cells are skipped, begun ones go on from their last checkpoint. To submit it again: kubectl delete job {name}, then kubectl apply.
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: {name}
            spec:
              completionMode: Indexed
              completions: {Job.Shards}
              parallelism: {Job.Shards}
              backoffLimitPerIndex: {Retries}
              activeDeadlineSeconds: {3600L * Job.Hours}
              template:
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 120
                  containers:
                    - name: fovea
                      image: {Text(Image)}
                      command: ["/bin/sh", "-c", {Text(command)}]
                      resources:
                        requests:
                          cpu: "{Job.Cores}"
                        limits:
                          cpu: "{Job.Cores}"
            {Gpus()}          volumeMounts:
                        - name: work
                          mountPath: {Text(Mount)}
                  volumes:
                    - name: work
                      persistentVolumeClaim:
                        claimName: {Text(Claim)}

            """).ReplaceLineEndings("\n");
    }

    private string Gpus() => Job.Gpus == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"              nvidia.com/gpu: \"{Job.Gpus}\"\n");

    private bool IsWithin(string path) =>
        !path.Split('/').Contains("..") && (path == Mount || path.StartsWith(Mount.TrimEnd('/') + "/", StringComparison.Ordinal));

    // A JSON string is a YAML string.
    private static string Text(string value) => JsonSerializer.Serialize(value, s_plain);

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
