using System.Diagnostics;
using System.Globalization;
using Fovea.Core.Progress;

namespace Fovea.Imaging.Preparation;

/// <summary>Reports progress with the rate, at most ten times a second and once at the end.</summary>
internal sealed class ProgressMeter(IProgress<ProgressUpdate>? progress, string task, long total)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;
    private long _done;

    public void Advance(string detail)
    {
        _done++;
        if (progress is null || (_done < total && _clock.Elapsed - _last < s_interval)) return;
        _last = _clock.Elapsed;
        var rate = (_done / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3)).ToString("F0", CultureInfo.InvariantCulture);
        progress.Report(new ProgressUpdate(task, _done, total, "files", $"{rate} files/s, {detail}"));
    }
}
