using System.Diagnostics;
using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>Progress as plain lines, one every few seconds and one at the end of each task that had any.</summary>
internal sealed class LineProgress(TextWriter output) : IProgress<ProgressUpdate>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private string _task = "";
    private RateMeter? _meter;
    private bool _wroteAny;

    public void Report(ProgressUpdate value)
    {
        lock (_lock)
        {
            if (value.Task != _task) (_task, _meter, _wroteAny) = (value.Task, new RateMeter(value.Done), false);
            var isEnd = value.Total > 0 && value.Done >= value.Total;
            if (_sinceLine.Elapsed < Interval && !(isEnd && _wroteAny)) return;
            _sinceLine.Restart();
            _wroteAny = true;
            output.WriteLine($"{value.Task}: {_meter!.Describe(value)}");
        }
    }
}
