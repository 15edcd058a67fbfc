using System.Diagnostics;
using System.Globalization;
using Fovea.Core;

namespace Fovea.Imaging.Preparation;

/// <summary>Works on items in parallel and hands the results on in the items' order.</summary>
internal static class OrderedPipeline
{
    /// <summary>
    /// Runs <paramref name="work"/> on at most <paramref name="threads"/> items at once and <paramref name="consume"/> on the
    /// calling thread, item by item in order. At most four results a thread wait, so memory does not grow with the items.
    /// The first failure ends it, after the work that has begun.
    /// </summary>
    public static void Run<TItem, TResult>(
        IEnumerable<TItem> items, int threads, Func<TItem, TResult> work, Action<TItem, TResult> consume, CancellationToken cancellation)
    {
        var factory = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler);
        var pending = new Queue<(TItem Item, Task<TResult> Result)>();
        try
        {
            foreach (var item in items)
            {
                pending.Enqueue((item, factory.StartNew(() => work(item), cancellation)));
                if (pending.Count >= threads * 4) ConsumeFirst();
            }

            while (pending.Count > 0) ConsumeFirst();
        }
        finally
        {
            // Nothing may still read the source or hold memory when this returns.
            while (pending.TryDequeue(out var rest))
            {
                ((Task)rest.Result).ContinueWith(static t => _ = t.Exception, TaskScheduler.Default)
                    .Wait(CancellationToken.None);
            }
        }

        void ConsumeFirst()
        {
            cancellation.ThrowIfCancellationRequested();
            var (item, result) = pending.Dequeue();
            consume(item, result.GetAwaiter().GetResult());
        }
    }
}

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
