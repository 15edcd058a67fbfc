using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fovea.Cli.Terminal;

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
