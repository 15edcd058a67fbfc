using Fovea.Core.Progress;
using Spectre.Console;

namespace Fovea.Cli.Terminal;

/// <summary>Progress as live bars, one for each task.</summary>
internal sealed class BarProgress(ProgressContext context) : IProgress<ProgressUpdate>
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
                _tasks[value.Task] = task;
            }

            task.Bar.Value = value.Done;
            task.Bar.Description = Markup.Escape($"{value.Task}: {task.Meter.Describe(value)}");
        }
    }
}
