using System.Collections.Concurrent;
using System.Diagnostics;
using Fovea.Core;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fovea.Cli.Terminal;

/// <summary>Shows progress on standard error: live bars on a terminal, a line every few seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    private const int WideBar = 20;
    private const int NarrowBar = 8;
    private const int WideTerminal = 120;

    /// <summary>Runs the work with a display and a way to write a line beside it.</summary>
    internal static T Show<T>(Func<IProgress<ProgressUpdate>, Action<string>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
            return work(new LineProgress(Console.Error), Console.Error.WriteLine);

        var barWidth = console.Profile.Width < WideTerminal ? NarrowBar : WideBar;
        var figures = new FiguresColumn(barWidth);
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = barWidth }, new PercentageColumn(), figures)
            .Start(context => work(new BarProgress(context, figures), line => console.WriteLine(line)));
    }
}

/// <summary>Progress as live bars, one for each task.</summary>
internal sealed class BarProgress(ProgressContext context, FiguresColumn figures) : IProgress<ProgressUpdate>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ProgressTask Bar, RateMeter Meter)> _tasks = [];

    public void Report(ProgressUpdate value)
    {
        lock (_lock)
        {
            if (!_tasks.TryGetValue(value.Task, out var task))
            {
                task = (context.AddTask(Markup.Escape(value.Task)), new RateMeter());
                _tasks[value.Task] = task;
            }

            task.Bar.IsIndeterminate = value.Total == 0;
            task.Bar.MaxValue = Math.Max(1, value.Total);
            figures.Set(task.Bar, value.Task, task.Meter.Figures(value));
            task.Bar.Value = value.Done;
        }
    }
}

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
            if (value.Task != _task) (_task, _meter, _wroteAny) = (value.Task, new RateMeter(), false);
            _meter!.Follow(value);
            var isEnd = value.Total > 0 && value.Done >= value.Total;
            if (_sinceLine.Elapsed < Interval && !(isEnd && _wroteAny)) return;
            _sinceLine.Restart();
            _wroteAny = true;
            output.WriteLine($"{value.Task}: {_meter.Describe(value)}");
        }
    }
}

/// <summary>Count, rate, time left and losses beside a bar, as many as the terminal's line has room for.</summary>
/// <param name="barWidth">Columns of the bar.</param>
internal sealed class FiguresColumn(int barWidth) : ProgressColumn
{
    // A percentage and the gaps between the four columns.
    private const int Percentage = 4;
    private const int Gaps = 3;
    private const int Least = 12;
    private readonly ConcurrentDictionary<int, ProgressFigures> _figures = [];
    private int _longestName;

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var room = options.ConsoleSize.Width - _longestName - barWidth - Percentage - Gaps;
        return new Text(_figures.GetValueOrDefault(task.Id)?.Fit(Math.Max(Least, room)) ?? "");
    }

    internal void Set(ProgressTask task, string name, ProgressFigures figures)
    {
        // All rows are as wide as the longest name.
        _longestName = Math.Max(_longestName, name.Length);
        _figures[task.Id] = figures;
    }
}

/// <summary>Rate and time left of one task since its first report, or since it began again: another part of as many or of other units.</summary>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class RateMeter(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _began;
    private long _firstDone;
    private ProgressUpdate _last;

    /// <summary>For example <c>1200/4000 steps, 3.1 steps/s, 15:02 left, loss 0.21</c>.</summary>
    internal string Describe(ProgressUpdate update)
    {
        Follow(update);
        var (rate, left) = (Rate(update), Left(update));
        var parts = new List<string> { $"{Count(update)} {update.Unit}" };
        if (rate.Length > 0) parts.Add($"{rate} {update.Unit}/s");
        if (left.Length > 0) parts.Add(left);
        if (update.Detail.Length > 0) parts.Add(update.Detail);
        return string.Join(", ", parts);
    }

    /// <summary>The same for beside a bar, to be cut to what there is room for.</summary>
    internal ProgressFigures Figures(ProgressUpdate update)
    {
        Follow(update);
        return new(Count(update), Rate(update), update.Unit, Left(update), update.Detail.Split("  ", StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Takes note of a report that is not shown.</summary>
    internal void Follow(ProgressUpdate update)
    {
        if (_began is null || update.Done < _last.Done || update.Total != _last.Total) (_began, _firstDone) = (_time.GetTimestamp(), update.Done);
        _last = update;
    }

    private static string Count(ProgressUpdate update) => update.Total > 0 ? $"{update.Done}/{update.Total}" : $"{update.Done}";

    private string Rate(ProgressUpdate update) => PerSecond(update) is > 0 and var rate ? rate < 10 ? $"{rate:0.##}" : $"{rate:N0}" : "";

    private string Left(ProgressUpdate update) =>
        PerSecond(update) is > 0 and var rate && update.Total > update.Done ? $"{TimeLeft((update.Total - update.Done) / rate)} left" : "";

    private double PerSecond(ProgressUpdate update) => (update.Done - _firstDone) / Math.Max(1e-9, _time.GetElapsedTime(_began ?? 0).TotalSeconds);

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
