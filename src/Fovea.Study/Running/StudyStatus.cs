using System.Globalization;
using System.Text.Json.Serialization;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Reporting;
using Fovea.Study.Cells;
using Fovea.Study.Definitions;
using Fovea.Study.Folders;
using Fovea.Study.Planning;
using Fovea.Training.Reports;
using Fovea.Training.Runs;

namespace Fovea.Study.Running;

/// <summary>Where a cell stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CellStanding>))]
public enum CellStanding
{
    /// <summary>Nobody runs it; it may have been begun.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>A process holds it.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It has its result.</summary>
    [JsonStringEnumMemberName("finished")] Finished,

    /// <summary>It failed and nobody runs it again.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>A cell of a study on the way.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Size">The training size.</param>
/// <param name="Seed">The seed.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Step">Steps of its denoiser that were logged.</param>
/// <param name="Steps">Steps of its denoiser in all, at most where it ends by convergence.</param>
/// <param name="StepsPerSecond">The rate, as logged last; null before.</param>
/// <param name="Loss">The mean training loss of the last tenth of the logged steps; null before.</param>
/// <param name="HeldOutLoss">The last held-out loss; null before.</param>
/// <param name="Reason">Why it failed; null where it did not.</param>
public sealed record CellProgress(
    string Name,
    string Arm,
    string Size,
    int Seed,
    CellStanding State,
    long Step,
    long Steps,
    double? StepsPerSecond,
    double? Loss,
    double? HeldOutLoss,
    string? Reason);

/// <summary>
/// Where a study stands, read from its folder alone: whoever runs its cells, on whatever machines. <c>fovea study run</c> keeps it in
/// <c>status.json</c> while it works.
/// </summary>
/// <param name="Study">The study's name.</param>
/// <param name="At">When it was read.</param>
/// <param name="SecondsLeft">Time that the unfinished cells take as many at a time as run now; null before a cell is finished.</param>
/// <param name="Cells">All cells that it plans: arm after arm, size after size, seed after seed.</param>
public sealed record StudyStatus(string Study, DateTimeOffset At, double? SecondsLeft, IReadOnlyList<CellProgress> Cells)
{
    /// <summary>Where the tries of its tuning stand; null where nothing is tuned, or the choice was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudyStatus? Tuning { get; init; }

    /// <summary>Reads where a study stands.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="definition">The study, with what its tuning chose.</param>
    /// <param name="at">The time.</param>
    public static StudyStatus Read(StudyFolder folder, StudyDefinition definition, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(definition);
        var (record, failures) = (folder.ReadRecord(), folder.ReadFailures());
        var expected = record?.Fingerprints ?? new Dictionary<string, string>();
        CellProgress[] cells =
        [
            .. from arm in definition.Arms
               // A configuration is dear to read, and may be a file that lies elsewhere; the number of steps is that of all seeds.
               let steps = record?.Steps is { } known && known.TryGetValue(arm.Name, out var planned)
                   ? planned
                   : StudyPlanner.ConfigOf(definition, arm, definition.Seeds[0]).DenoiserTraining.Steps
               from size in definition.Sizes
               from seed in definition.Seeds
               let name = CellName.Of(arm, size, seed)
               select Read(folder, steps, name, arm.Name, size.Name, seed, expected.GetValueOrDefault(name), failures.GetValueOrDefault(name)),
        ];
        return new(definition.Name, at, TimeLeft(folder, cells), cells) { Tuning = TuningOf(folder, definition, at) };
    }

    private static StudyStatus? TuningOf(StudyFolder folder, StudyDefinition definition, DateTimeOffset at)
    {
        var tries = StudyFolder.Of(folder.Tuning);
        return definition.Tuning is not null && !File.Exists(folder.TuningResult) && File.Exists(tries.Definition)
            ? Read(tries, ShippedStudies.Read(tries.Definition).Definition, at)
            : null;
    }

    /// <summary>The status as the JSON of <c>status.json</c>.</summary>
    public static string Json(StudyStatus status) => StudyJson.Text(status);

    /// <summary>How many cells stand so.</summary>
    public int Count(CellStanding state) => Cells.Count(cell => cell.State == state);

    /// <summary>The whole as lines for a terminal: a sentence, a table of arms and seeds, and what runs or failed.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var line in Tuning?.Lines() ?? []) yield return line;
        yield return Summary();
        int[] seeds = [.. Cells.Select(cell => cell.Seed).Distinct()];
        var rows = Cells.GroupBy(cell => (cell.Arm, cell.Size))
            .Select(row => (string[])
            [
                row.Key.Arm,
                row.Key.Size,
                .. seeds.Select(seed => row.FirstOrDefault(cell => cell.Seed == seed) is { } cell ? Mark(cell) : ""),
            ]);
        foreach (var line in AlignedRows.Lines([["arm", "images", .. seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))], .. rows]))
            yield return line;
        foreach (var cell in Cells.Where(cell => cell.State == CellStanding.Running)) yield return Running(cell);
        foreach (var cell in Cells.Where(cell => cell.State == CellStanding.Failed)) yield return $"{cell.Name} failed: {cell.Reason}";
    }

    /// <summary>The counts in a sentence.</summary>
    public string Summary()
    {
        var others = new[] { (CellStanding.Running, "running"), (CellStanding.Failed, "failed") }.Where(state => Count(state.Item1) > 0)
            .Select(state => $", {Count(state.Item1)} {state.Item2}");
        return $"{Study}: {Count(CellStanding.Finished)} of {Counted.Of(Cells.Count, "cell")} "
            + $"finished{string.Concat(others)}{(SecondsLeft is > 0 and var left ? $"; about {Figures.Duration(left)} left" : "")}";
    }

    private static CellProgress Read(StudyFolder folder, int steps, string name, string arm, string size, int seed, string? fingerprint, string? failure)
    {
        var result = folder.ReadResult(name);
        if (result is not null && (fingerprint is null || result.Fingerprint == fingerprint))
        {
            return new(
                name, arm, size, seed, CellStanding.Finished, result.Costs.DenoiserSteps, result.Costs.DenoiserSteps,
                null, null, result.HeldOutLoss?.Value, null);
        }

        // A result of other settings: what lies there until the cell begins is the training that it came from.
        var state = FileLock.IsHeld(Path.Combine(folder.WorkOf(name), CellFolders.LockName)) ? CellStanding.Running
            : failure is null ? CellStanding.Waiting : CellStanding.Failed;
        if (result is not null && state == CellStanding.Waiting) return new(name, arm, size, seed, state, 0, steps, null, null, null, null);
        var history = new MetricsHistory(Path.Combine(folder.WorkOf(name), "run", RunFiles.Metrics), StageNames.Denoiser);
        return new(
            name, arm, size, seed, state, history.LastStep, (long)(history.Last(RunLog.EndFigure) ?? steps), history.Last("steps_per_second"),
            history.MeanOfEnd("loss"), history.Last("held_out_loss"), state == CellStanding.Failed ? failure : null);
    }

    // A cell costs what those of its arm did, or else what all did; of one that was begun, the steps that are left.
    private static double? TimeLeft(StudyFolder folder, CellProgress[] cells)
    {
        var costs = cells.Where(cell => cell.State == CellStanding.Finished).Select(cell => (cell.Arm, folder.ReadResult(cell.Name)?.Costs))
            .Where(cost => cost.Costs is not null).ToArray();
        if (costs.Length == 0) return null;
        double Mean(string arm) => (costs.Where(cost => cost.Arm == arm).ToArray() is { Length: > 0 } own ? own : costs)
            .Average(cost => cost.Costs!.DenoiserSeconds + cost.Costs.JudgingSeconds);
        var seconds = cells.Where(cell => cell.State is CellStanding.Running or CellStanding.Waiting)
            .Sum(cell => Mean(cell.Arm) * (1 - ((double)cell.Step / Math.Max(1, cell.Steps))));
        return seconds / Math.Max(1, cells.Count(cell => cell.State == CellStanding.Running));
    }

    private static string Mark(CellProgress cell) => cell.State switch
    {
        CellStanding.Finished => "done",
        CellStanding.Failed => "failed",
        CellStanding.Running => $"{Percent(cell)}",
        _ => cell.Step > 0 ? $"({Percent(cell)})" : "·",
    };

    private static string Percent(CellProgress cell) => string.Create(CultureInfo.InvariantCulture, $"{100 * cell.Step / Math.Max(1, cell.Steps)}%");

    private static string Running(CellProgress cell)
    {
        if (cell.Step == 0) return $"{cell.Name}: getting ready (its images, its autoencoder)";
        if (cell.Step >= cell.Steps) return $"{cell.Name}: trained, being judged";
        var loss = cell.HeldOutLoss is { } held ? $", held-out loss {Figures.Number(held)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{cell.Name}: step {cell.Step:N0} of {cell.Steps:N0}, {cell.StepsPerSecond:0.0} steps/s{loss}");
    }
}

/// <summary>
/// Writes a study's <c>status.json</c> when cells were run, and keeps it true meanwhile. Several processes may do so: all of them write what the folder says.
/// </summary>
internal sealed class StatusFile : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private readonly StudyFolder _folder;
    private readonly StudyDefinition _definition;
    private readonly RepeatedWork? _kept;

    /// <param name="folder">The study's folder.</param>
    /// <param name="definition">The study.</param>
    /// <param name="isKept">Whether it is written every ten seconds, or at the end alone.</param>
    public StatusFile(StudyFolder folder, StudyDefinition definition, bool isKept)
    {
        (_folder, _definition) = (folder, definition);
        if (isKept) _kept = new RepeatedWork(Write, s_interval);
    }

    /// <summary>Writes it a last time.</summary>
    public void Dispose()
    {
        _kept?.Dispose();
        Write();
    }

    private void Write()
    {
        try
        {
            StudyJson.Write(_folder.Status, StudyStatus.Read(_folder, _definition, DateTimeOffset.UtcNow));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InputException)
        {
            // A picture of the work, never a reason to end it; what is wrong with the folder its cells will say.
        }
    }
}

/// <summary>
/// Does something at once and again after each interval, one at a time: where it takes longer than the interval, what falls due meanwhile is left out. On a
/// busy machine calls would otherwise heap up and take the processor from the work that they tell of.
/// </summary>
internal sealed class RepeatedWork : IDisposable
{
    private readonly Action _work;
    private readonly Lock _working = new();
    private readonly Timer _timer;

    /// <param name="work">What is done, on threads of the pool; throws nothing.</param>
    /// <param name="interval">How often.</param>
    public RepeatedWork(Action work, TimeSpan interval)
    {
        _work = work;
        _timer = new Timer(_ => DoUnlessDoing(), null, TimeSpan.Zero, interval);
    }

    /// <summary>Ends it, when what is being done is done.</summary>
    public void Dispose()
    {
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended)) ended.WaitOne();
    }

    private void DoUnlessDoing()
    {
        if (!_working.TryEnter()) return;
        try
        {
            _work();
        }
        finally
        {
            _working.Exit();
        }
    }
}
