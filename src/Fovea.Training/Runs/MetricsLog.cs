using System.Text.Json;
using Fovea.Core.Files;

namespace Fovea.Training.Runs;

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
