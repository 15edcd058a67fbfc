using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fovea.Cli.Terminal;

/// <summary>Count, rate, time left and losses beside a bar, cut to what the terminal's line has left.</summary>
internal sealed class FiguresColumn : ProgressColumn
{
    // Task name, bar, percentage and the gaps between them.
    private const int Elsewhere = 48;
    private const int Least = 16;
    private readonly ConcurrentDictionary<int, string> _texts = [];

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        var text = _texts.GetValueOrDefault(task.Id, "");
        var room = Math.Max(Least, options.ConsoleSize.Width - Elsewhere);
        return new Text(text.Length <= room ? text : text[..(room - 1)] + "…");
    }

    internal void Set(ProgressTask task, string text) => _texts[task.Id] = text;
}
