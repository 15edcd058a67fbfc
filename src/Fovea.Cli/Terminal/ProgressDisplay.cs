using Fovea.Core.Progress;
using Spectre.Console;

namespace Fovea.Cli.Terminal;

/// <summary>Shows progress on standard error: live bars on a terminal, a line every few seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    private const int BarWidth = 20;

    /// <summary>Runs the work with a display and a way to write a line beside it.</summary>
    internal static T Show<T>(Func<IProgress<ProgressUpdate>, Action<string>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
            return work(new LineProgress(Console.Error), Console.Error.WriteLine);

        var figures = new FiguresColumn();
        return console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), figures)
            .Start(context => work(new BarProgress(context, figures), line => console.WriteLine(line)));
    }
}
