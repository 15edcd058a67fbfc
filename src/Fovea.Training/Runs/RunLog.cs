using System.Text.Json;
using Fovea.Core.Files;

namespace Fovea.Training.Runs;

/// <summary>A stage's log: lines in the run's metrics file and scalars in TensorBoard event files.</summary>
public sealed class RunLog : IDisposable
{
    /// <summary>The figure that says at which step a stage ends, where that is found out by training.</summary>
    public const string EndFigure = "ends_at";

    /// <summary>The figure that says after how many steps the process that writes took the stage up.</summary>
    internal const string StartFigure = "taken_up_at";

    private readonly string _stage;
    private readonly long _start;
    private readonly MetricsLog _metrics;
    private readonly EventFile _events;

    /// <summary>Opens the log of a stage that goes on after <paramref name="lastStep"/> steps.</summary>
    public RunLog(RunFolder folder, string stage, long lastStep)
    {
        (_stage, _start) = (stage, lastStep);
        _metrics = new MetricsLog(folder.Metrics, stage, lastStep);
        _events = new EventFile(Path.Combine(folder.TensorBoard, stage), lastStep + 1);
    }

    /// <summary>Writes the figures of a step with the rate (steps a second) and the time since the process took the stage up.</summary>
    public void Write(long step, IReadOnlyDictionary<string, double> figures, double rate, TimeSpan elapsed)
    {
        var all = new Dictionary<string, double>(figures) { ["steps_per_second"] = rate, ["seconds"] = elapsed.TotalSeconds };
        _metrics.Write(_stage, step, all.Append(new(StartFigure, _start)));
        foreach (var (name, value) in all) _events.Add($"{_stage}/{name}", value, step);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _events.Dispose();
        _metrics.Dispose();
    }
}

/// <summary>The run's log: one JSON object a line, with the stage, the step and named figures.</summary>
public sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>
    /// Opens the log for appending. Lines of <paramref name="stage"/> past <paramref name="lastStep"/> are dropped first: they
    /// belong to steps that a resumed run repeats. So is a line that was cut off half-written.
    /// </summary>
    public MetricsLog(string path, string stage, long lastStep)
    {
        if (File.Exists(path)) AtomicFile.WriteText(path, string.Concat(File.ReadLines(path).Where(l => IsKept(l, stage, lastStep)).Select(l => l + "\n")));
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
    }

    /// <summary>Appends one line and flushes it. Figures that are not finite are written as null.</summary>
    public void Write(string stage, long step, IEnumerable<KeyValuePair<string, double>> figures)
    {
        var line = new Dictionary<string, object?> { ["stage"] = stage, ["step"] = step };
        foreach (var (name, value) in figures) line[name] = double.IsFinite(value) ? value : null;
        _writer.WriteLine(JsonSerializer.Serialize(line));
        _writer.Flush();
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    private static bool IsKept(string line, string stage, long lastStep)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("stage").GetString() != stage || entry.RootElement.GetProperty("step").GetInt64() <= lastStep;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}

/// <summary>How long a stage took, from the run's log.</summary>
public static class StageTime
{
    /// <summary>
    /// Seconds of the steps that count, over all processes that worked on the stage: steps that were lost with a killed process and done
    /// again count once. 0 when there is no log.
    /// </summary>
    /// <param name="path">The log.</param>
    /// <param name="stage">The stage's name.</param>
    public static double Seconds(string path, string stage)
    {
        if (!File.Exists(path)) return 0;
        double total = 0, last = 0;
        long start = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (Read(line, stage) is not { } entry) continue;
            // Each process counts from zero. Logs of earlier versions do not say where it began.
            if (entry.Start != start || entry.Seconds < last) total += last;
            (last, start) = (entry.Seconds, entry.Start);
        }

        return total + last;
    }

    private static (double Seconds, long Start)? Read(string line, string stage)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("stage").GetString() != stage) return null;
            var start = entry.RootElement.TryGetProperty(RunLog.StartFigure, out var given) ? given.GetInt64() : 0;
            return (entry.RootElement.GetProperty("seconds").GetDouble(), start);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null; // a line that was cut off
        }
    }
}
