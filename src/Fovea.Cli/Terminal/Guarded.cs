using Fovea.Core.Errors;
using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>Runs a command's work: interruption, progress, and what becomes of exceptions.</summary>
internal static class Guarded
{
    /// <summary>
    /// Runs the work with a token that Ctrl-C and SIGTERM cancel, then, when the bars are gone, the report on its result. Bad
    /// input and a full or unwritable disk end in one line and exit code 2; faults of the program print their trace and end in
    /// exit code 1.
    /// </summary>
    /// <param name="interrupted">What an interrupted user should know.</param>
    /// <param name="work">The work.</param>
    /// <param name="report">Writes the result on standard output.</param>
    internal static int Run<T>(string interrupted, Func<Work, T> work, Action<T> report)
    {
        using var interruption = new Interruption();
        return Show((progress, announce) => work(new Work(progress, announce, interruption.Token)), report, interrupted);
    }

    /// <summary>As <see cref="Run"/>, for work that looks at no token: Ctrl-C ends the process as usual.</summary>
    /// <param name="work">The work, given what tells the user something on the way.</param>
    /// <param name="report">Writes the result on standard output.</param>
    internal static int RunShort<T>(Func<Action<string>, T> work, Action<T> report) => Show((_, announce) => work(announce), report, "");

    private static int Show<T>(Func<IProgress<ProgressUpdate>, Action<string>, T> work, Action<T> report, string interrupted)
    {
        try
        {
            report(ProgressDisplay.Show(work));
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            return Explain(e, interrupted);
        }
    }

    private static int Explain(Exception failure, string interrupted)
    {
        // Parallel work wraps what its parts throw.
        if (failure is AggregateException several) failure = several.Flatten().InnerExceptions[0];
        return failure switch
        {
            InputException => Fail(failure.Message, ExitCodes.BadInput),
            OperationCanceledException => Fail($"interrupted; {interrupted}", ExitCodes.Interrupted),
            IOException or UnauthorizedAccessException => Fail(failure.Message, ExitCodes.BadInput),
            _ when OneLineFailures.Describe(failure) is { } message => Fail(message, ExitCodes.Failure),
            _ => Fault(failure),
        };
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"fovea: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static int Fault(Exception failure)
    {
        Console.Error.WriteLine($"fovea: a fault of the program, please report it: {failure}");
        return ExitCodes.Failure;
    }
}
