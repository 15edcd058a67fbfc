using System.Text.Json;

namespace Fovea.Training.Reports;

/// <summary>What a run's log says of a stage, for charts: figures by name over steps.</summary>
public sealed class MetricsHistory
{
    private readonly SortedDictionary<long, Dictionary<string, double>> _steps = [];

    /// <summary>Reads the lines of a stage; damaged ones are passed over, and a step that stands twice counts as its last line says.</summary>
    /// <param name="path">The log; one that is not there is empty.</param>
    /// <param name="stage">The stage's name.</param>
    public MetricsHistory(string path, string stage)
    {
        if (!File.Exists(path)) return;
        // It may be written to at the same time.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
            if (Parse(line, stage) is { } entry) _steps[entry.Step] = entry.Figures;
    }

    /// <summary>Steps up to the last logged one.</summary>
    public long LastStep => _steps.Count == 0 ? 0 : _steps.Last().Key;

    /// <summary>The names of all figures, in order.</summary>
    public IReadOnlyList<string> Names => [.. _steps.Values.SelectMany(figures => figures.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A figure's last value; null when there is none.</summary>
    public double? Last(string name) => _steps.Values.Reverse().Select(figures => Value(figures, name)).FirstOrDefault(value => value is not null);

    /// <summary>The mean of a figure over the last tenth of the logged steps: one step's loss is mostly chance.</summary>
    public double? MeanOfEnd(string name)
    {
        var (xs, ys) = Series(name);
        return xs.Length == 0 ? null : ys.TakeLast(Math.Max(1, ys.Length / 10)).Average();
    }

    /// <summary>A figure over the steps that have it; where there are more than <paramref name="most"/> points, means of so many equal parts.</summary>
    public (double[] Steps, double[] Values) Series(string name, int most = int.MaxValue)
    {
        (double Step, double Value)[] points = [.. _steps.Select(entry => (Step: (double)entry.Key, Value: Value(entry.Value, name)))
            .Where(point => point.Value is not null)
            .Select(point => (point.Step, point.Value!.Value))];
        if (points.Length <= most) return ([.. points.Select(point => point.Step)], [.. points.Select(point => point.Value)]);
        var parts = Enumerable.Range(0, most).Select(part => points[(int)((long)part * points.Length / most)..(int)((part + 1L) * points.Length / most)])
            .ToArray();
        return ([.. parts.Select(part => part[^1].Step)], [.. parts.Select(part => part.Average(point => point.Value))]);
    }

    private static double? Value(Dictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? value : null;

    private static (long Step, Dictionary<string, double> Figures)? Parse(string line, string stage)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("stage").GetString() != stage) return null;
            var figures = entry.RootElement.EnumerateObject().Where(field => field.Name != "step" && field.Value.ValueKind == JsonValueKind.Number);
            return (
                entry.RootElement.GetProperty("step").GetInt64(),
                figures.ToDictionary(field => field.Name, field => field.Value.GetDouble(), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
