using System.Diagnostics;
using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>Rate and time left of one task, since its first report.</summary>
internal sealed class RateMeter(long firstDone)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>For example <c>1200/4000 steps, 3.1 steps/s, 15:02 left, loss 0.21</c>.</summary>
    internal string Describe(ProgressUpdate update)
    {
        var (rate, left) = (Rate(update), Left(update));
        var parts = new List<string> { $"{Count(update)} {update.Unit}" };
        if (rate.Length > 0) parts.Add($"{rate} {update.Unit}/s");
        if (left.Length > 0) parts.Add(left);
        if (update.Detail.Length > 0) parts.Add(update.Detail);
        return string.Join(", ", parts);
    }

    /// <summary>The same for beside a bar, to be cut to what there is room for.</summary>
    internal ProgressFigures Figures(ProgressUpdate update) =>
        new(Count(update), Rate(update), update.Unit, Left(update), update.Detail.Split("  ", StringSplitOptions.RemoveEmptyEntries));

    private static string Count(ProgressUpdate update) => update.Total > 0 ? $"{update.Done}/{update.Total}" : $"{update.Done}";

    private string Rate(ProgressUpdate update) => PerSecond(update) is > 0 and var rate ? rate < 10 ? $"{rate:0.##}" : $"{rate:N0}" : "";

    private string Left(ProgressUpdate update) =>
        PerSecond(update) is > 0 and var rate && update.Total > update.Done ? $"{TimeLeft((update.Total - update.Done) / rate)} left" : "";

    private double PerSecond(ProgressUpdate update) => (update.Done - firstDone) / Math.Max(1e-9, _clock.Elapsed.TotalSeconds);

    private static string TimeLeft(double seconds)
    {
        var left = TimeSpan.FromSeconds(Math.Min(seconds, 1e8));
        return left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left.Minutes:D2}:{left.Seconds:D2}" : $"{left.Minutes}:{left.Seconds:D2}";
    }
}

/// <summary>What stands beside a bar.</summary>
/// <param name="Count">Done of how many.</param>
/// <param name="Rate">A second; empty while not known.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Left">Time left; empty while not known.</param>
/// <param name="Details">Further figures, the most telling first: of a training its loss.</param>
internal sealed record ProgressFigures(string Count, string Rate, string Unit, string Left, IReadOnlyList<string> Details)
{
    private const string Gap = "  ";

    /// <summary>
    /// What fits into so many columns: of a narrow terminal the first detail, the time left, the rate and the count in this order, each
    /// whole or not at all; then the rate's unit and the other details.
    /// </summary>
    internal string Fit(int room)
    {
        var parts = new List<string> { Count, Rate.Length > 0 ? $"{Rate}/s" : "", Left, Details.Count > 0 ? Details[0] : "" };
        foreach (var place in new[] { 0, 1, 2 })
            if (Join(parts).Length > room) parts[place] = "";
        if (parts[1].Length > 0) Try(parts, room, list => list[1] = $"{Rate} {Unit}/s");
        foreach (var detail in Details.Skip(1)) Try(parts, room, list => list.Add(detail));
        var text = Join(parts);
        return text.Length <= room ? text : text[..Math.Max(0, room)];
    }

    private static void Try(List<string> parts, int room, Action<List<string>> change)
    {
        List<string> changed = [.. parts];
        change(changed);
        if (Join(changed).Length > room) return;
        parts.Clear();
        parts.AddRange(changed);
    }

    private static string Join(IEnumerable<string> parts) => string.Join(Gap, parts.Where(part => part.Length > 0));
}
