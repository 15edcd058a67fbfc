using System.Diagnostics;
using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>Progress as plain lines, at most one every few seconds and one at each task's end.</summary>
internal sealed class LineProgress(TextWriter output) : IProgress<ProgressUpdate>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private string _task = "";
    private RateMeter? _meter;

    public void Report(ProgressUpdate value)
    {
        lock (_lock)
        {
            if (value.Task != _task) (_task, _meter) = (value.Task, new RateMeter(value.Done));
            else if (_sinceLine.Elapsed < Interval && (value.Total == 0 || value.Done < value.Total)) return;
            _sinceLine.Restart();
            output.WriteLine($"{value.Task}: {_meter!.Describe(value)}");
        }
    }
}
