using Fovea.Core.Progress;
using Spectre.Console;

namespace Fovea.Cli.Terminal;

/// <summary>Shows progress on standard error: live bars on a terminal, a line every few seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    internal static void Show(Action<IProgress<ProgressUpdate>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            work(new LineProgress(Console.Error));
            return;
        }

        console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new BarProgress(context)));
    }
}
