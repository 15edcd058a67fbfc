using Fovea.Core.Progress;
using Spectre.Console;

namespace Fovea.Cli.Terminal;

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
                task = (context.AddTask(Markup.Escape(value.Task), maxValue: Math.Max(1, value.Total)), new RateMeter(value.Done));
                task.Bar.IsIndeterminate = value.Total == 0;
                _tasks[value.Task] = task;
            }

            figures.Set(task.Bar, value.Task, task.Meter.Figures(value));
            task.Bar.Value = value.Done;
        }
    }
}
