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
        var rate = (update.Done - firstDone) / Math.Max(1e-9, _clock.Elapsed.TotalSeconds);
        var parts = new List<string> { update.Total > 0 ? $"{update.Done}/{update.Total} {update.Unit}" : $"{update.Done} {update.Unit}" };
        if (rate > 0) parts.Add($"{(rate < 10 ? $"{rate:0.##}" : $"{rate:N0}")} {update.Unit}/s");
        if (rate > 0 && update.Total > update.Done) parts.Add($"{TimeLeft((update.Total - update.Done) / rate)} left");
        if (update.Detail.Length > 0) parts.Add(update.Detail);
        return string.Join(", ", parts);
    }

    private static string TimeLeft(double seconds)
    {
        var left = TimeSpan.FromSeconds(Math.Min(seconds, 1e8));
        return left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left.Minutes:D2}:{left.Seconds:D2}" : $"{left.Minutes}:{left.Seconds:D2}";
    }
}
