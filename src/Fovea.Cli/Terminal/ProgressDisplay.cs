using Fovea.Core.Progress;
using Spectre.Console;

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
