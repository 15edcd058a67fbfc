using System.Globalization;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Evaluation.Parts;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Study.Cells;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Torch.Runtime;

namespace Fovea.Study.Running;

/// <summary>Runs a study, or what is left of it.</summary>
public static class StudyRun
{
    /// <summary>Tells the plan, then runs the cells that are not finished.</summary>
    /// <exception cref="InputException">The study, the dataset or the folder breaks a rule; nothing was run.</exception>
    /// <exception cref="CellsFailedException">Some cells failed, all others were run.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; what was finished is kept.</exception>
    public static StudyOutcome Execute(StudyRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        // The plan counts the networks' parameters by building them.
        TorchRuntime.Initialize(request.Threads);
        var study = request.Source.Definition;
        // What is wrong with the study or the dataset is told before a folder is made and the tries of a tuning are run.
        StudyPlan Planned(string dataset)
        {
            TuningRun.RequireComparable(study, request.Output, dataset);
            return Plan(study, dataset);
        }

        var given = request.Dataset is { } known ? Planned(known) : null;
        var folder = StudyFolder.Prepare(request.Output, request.Source, cancellation);
        var data = request.Dataset ?? Phantoms(study, folder, request, cancellation);
        var untuned = given ?? Planned(data);
        using var dataset = ImageDataset.Open(data);
        folder.Bind(study, dataset, cancellation);
        var definition = TuningRun.Tune(request, folder, data, cancellation);
        var plan = ReferenceEquals(definition, study) ? untuned : Plan(definition, data);
        if (request.Cell is null && SetJudge.Unfit(dataset, definition.Judging.Split) is { } unfit) request.Announce?.Invoke($"warning: {unfit}");

        var mine = Choose(plan, request);
        // All of them, whoever runs them: cells of unlike settings must not come to stand in one report.
        if (!request.Force)
            foreach (var cell in plan.Cells) RequireSameSettings(folder, cell);
        if (!request.PlanOnly) folder.Update(request.Source, plan.Fingerprints, plan.DenoiserSteps, cancellation);
        StudyCell[] open = [.. mine.Where(cell => folder.ReadResult(cell.Name)?.Fingerprint != cell.Fingerprint
            && !(request.LeavesDiverged && folder.HasDiverged(cell.Name, cell.Fingerprint)))];
        var threads = request.Jobs > 1 ? Math.Max(1, Workers.Count(request.Threads) / request.Jobs) : request.Threads;
        var context = new StudyContext(folder, plan, Path.GetFullPath(data), threads, request.Progress, request.Announce, request.NameOf);
        if (request.Cell is null) Tell(context, request, open, mine, cancellation);
        return request.PlanOnly ? new StudyOutcome(0, mine.Count - open.Length, 0, mine.Count) : Run(context, request, open, mine, threads, cancellation);
    }

    private static StudyPlan Plan(StudyDefinition definition, string data)
    {
        using var dataset = ImageDataset.Open(data);
        return StudyPlanner.Plan(definition, dataset);
    }

    private static void Check(StudyRequest request)
    {
        if (request.Jobs is < 1 or > 1024) throw InputException.NotAllowed(nameof(request.Jobs), request.Jobs, "1 to 1024");
        if (request.Threads is < 0 or > 1024) throw InputException.NotAllowed(nameof(request.Threads), request.Threads, "0 (all cores) to 1024");
        if (request is { Jobs: > 1, Process: null }) throw new ArgumentException("several jobs need a way to start processes", nameof(request));
        if (request is { Cell: not null, Shard: not null })
            throw new InputException($"{new NamedInput("Cell")} and {new NamedInput("Shard")} cannot be given together");
        if (request.Dataset is null && request.Source.Definition.Phantoms is null)
        {
            throw new InputException(
                $"study {request.Source.Definition.Name}: {new NamedInput("Dataset")} is missing; a dataset is needed, "
                    + $"made with 'fovea prepare'");
        }

        // Before phantoms are drawn and a folder is made.
        var study = request.Source.Definition;
        if (request.Cell is { } cell)
        {
            RequireCell(
                cell, study.Name, [.. study.Arms.SelectMany(arm => study.Sizes.SelectMany(size => study.Seeds.Select(seed => CellName.Of(arm, size, seed))))]);
        }
    }

    private static void RequireCell(string name, string study, string[] names)
    {
        if (!names.Contains(name))
        {
            throw new InputException(
                $"{new NamedInput("Cell")} {name}: no such cell in study {study}; a cell is ARM-SIZE-seedN, "
                    + $"as {names[0]}{NearestName.Hint(name, names)}");
        }
    }

    private static string Phantoms(StudyDefinition definition, StudyFolder folder, StudyRequest request, CancellationToken cancellation)
    {
        var phantoms = definition.Phantoms!;
        var side = StudyPlanner.ConfigOf(definition, definition.Arms[0], 0).Size;
        var path = folder.In("work", string.Create(CultureInfo.InvariantCulture, $"phantoms-{phantoms.Count}-{side}-{phantoms.Seed}"));
        using var mine = FileLock.Take(path + ".lock", cancellation);
        if (File.Exists(Path.Combine(path, DatasetFiles.Description))) return path;
        PhantomDataset.Write(
            new PhantomOptions
            {
                Folder = path,
                Count = phantoms.Count,
                Size = side,
                Seed = (ulong)phantoms.Seed,
                Threads = request.Threads,
                Force = true,
            },
            request.Progress, cancellation);
        return path;
    }

    private static IReadOnlyList<StudyCell> Choose(StudyPlan plan, StudyRequest request)
    {
        if (request.Shard is { } shard) return [.. plan.Cells.Where(shard.Holds)];
        if (request.Cell is not { } name) return plan.Cells;
        // The plan may have fewer than the study, which does not know its dataset.
        RequireCell(name, plan.Definition.Name, [.. plan.Cells.Select(cell => cell.Name)]);
        return [plan.Cells.First(cell => cell.Name == name)];
    }

    private static void RequireSameSettings(StudyFolder folder, StudyCell cell)
    {
        if (folder.ReadResult(cell.Name) is not { } result || result.Fingerprint == cell.Fingerprint) return;
        var what = result.ConfigHash != cell.ConfigHash ? "settings"
            : result.Version.Split('+')[0] != CellFingerprint.Version.Split('+')[0] ? "a version of the program"
            : "sampling, judging or noise";
        throw new InputException(
            $"{folder.ResultOf(cell.Name)}: the cell was run with other {what} than the study has now; pass {new NamedInput("Force")} to run such cells "
                + $"again, or choose another folder");
    }

    private static void Tell(StudyContext context, StudyRequest request, StudyCell[] open, IReadOnlyList<StudyCell> mine, CancellationToken cancellation)
    {
        var estimate = request.Estimate && (open.Length > 0 || request.PlanOnly) ? new Calibration(context).Measure(cancellation) : null;
        foreach (var line in PlanText.Lines(context.Plan, estimate, open, mine, request.Jobs)) request.Announce?.Invoke(line);
    }

    private static StudyOutcome Run(
        StudyContext context, StudyRequest request, StudyCell[] open, IReadOnlyList<StudyCell> mine, int threads, CancellationToken cancellation)
    {
        // Of one cell the process that started this one tells what goes on.
        using var status = new StatusFile(context.Folder, context.Plan.Definition, isKept: request.Cell is null);
        var outcomes = request is { Jobs: > 1, Process: { } start }
            ? new CellProcesses(context, start, request.Jobs, threads).RunAll(open, cancellation)
            : new CellWorker(context, request.Force).RunAll(open, cancellation);
        var failed = outcomes.Where(item => item.Outcome == CellOutcome.Failed).Select(item => item.Cell.Name).ToArray();
        if (failed.Length > 0)
        {
            var reasons = context.Folder.ReadFailures();
            throw new CellsFailedException($"{failed.Length} of {mine.Count} cells failed, the others are done: "
                + string.Join("; ", failed.Select(name => $"{name} ({reasons.GetValueOrDefault(name, "no reason")})"))
                + $"; reasons are in {context.Folder.Failures}");
        }

        return new StudyOutcome(
            outcomes.Count(item => item.Outcome == CellOutcome.Finished),
            mine.Count - open.Length,
            outcomes.Count(item => item.Outcome == CellOutcome.Elsewhere),
            mine.Count);
    }
}

/// <summary>What of a study is run, and how.</summary>
public sealed record StudyRequest
{
    /// <summary>The study.</summary>
    public required StudySource Source { get; init; }

    /// <summary>The dataset; null for the phantoms that the study draws itself.</summary>
    public string? Dataset { get; init; }

    /// <summary>The study's folder.</summary>
    public required string Output { get; init; }

    /// <summary>One cell by its name; null for all.</summary>
    public string? Cell { get; init; }

    /// <summary>A part of the study; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Cells at a time, each in a process of its own when there are several.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads of all together; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Whether finished or unfinished cells with other settings are run again.</summary>
    public bool Force { get; init; }

    /// <summary>Whether cells whose training diverged are left; else they are tried again.</summary>
    public bool LeavesDiverged { get; init; }

    /// <summary>Whether to stop when the plan is told.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Whether a few steps are measured for an estimate of the time.</summary>
    public bool Estimate { get; init; } = true;

    /// <summary>How the process of a cell is started; needed for several jobs.</summary>
    public CellProcessStart? Process { get; init; }

    /// <summary>The reader's word for an input in what is told and written of cells that fail (<see cref="InputException.MessageWith"/>).</summary>
    public Func<string, string> NameOf { get; init; } = property => property;

    /// <summary>Told how far it is.</summary>
    public IProgress<ProgressUpdate>? Progress { get; init; }

    /// <summary>Told the plan, and what begins and ends.</summary>
    public Action<string>? Announce { get; init; }
}

/// <summary>What became of the cells that were asked for.</summary>
/// <param name="Finished">Cells that were run to their end.</param>
/// <param name="Skipped">Cells that were finished before.</param>
/// <param name="Elsewhere">Cells that another process is running.</param>
/// <param name="Cells">All cells that were asked for.</param>
public sealed record StudyOutcome(int Finished, int Skipped, int Elsewhere, int Cells);
