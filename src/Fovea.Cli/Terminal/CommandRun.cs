using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Study.Running;
using Fovea.Training.Stages;

namespace Fovea.Cli.Terminal;

/// <summary>Runs a command's work: interruption, progress, and what becomes of exceptions.</summary>
internal static class CommandRun
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
            InputException input => Fail(input.MessageWith(InputFlags.Name), ExitCodes.BadInput),
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

/// <summary>What a command's work is given.</summary>
/// <param name="Progress">Told how far the work is.</param>
/// <param name="Announce">Writes a line on standard error without disturbing the bars.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C and SIGTERM.</param>
internal sealed record Work(IProgress<ProgressUpdate> Progress, Action<string> Announce, CancellationToken Cancellation);

/// <summary>The process's exit codes.</summary>
internal static class ExitCodes
{
    internal const int Success = 0;

    /// <summary>A fault of the program, or training that diverged.</summary>
    internal const int Failure = 1;

    /// <summary>A file, a setting or a folder breaks a rule.</summary>
    internal const int BadInput = 2;

    /// <summary>Interrupted by the user, as shells report SIGINT.</summary>
    internal const int Interrupted = 130;
}

/// <summary>Failures that are neither bad input nor a fault of the program.</summary>
internal static class OneLineFailures
{
    /// <summary>The line to print, or null for other exceptions.</summary>
    internal static string? Describe(Exception failure) => failure is DivergenceException or CellsFailedException ? failure.Message : null;
}

/// <summary>The flag by which the command line asks for an input of a library: the property's words with hyphens, but for those of another name.</summary>
internal static class InputFlags
{
    private static readonly Dictionary<string, string> OfOtherNames = new(StringComparer.Ordinal)
    {
        ["Dataset"] = "--data",
        ["Mitigation"] = "--mitigate",
        ["Output"] = "--out",
        ["Overrides"] = "--set",
    };

    /// <summary>Its flag.</summary>
    /// <param name="property">Name of the property.</param>
    public static string Name(string property) =>
        OfOtherNames.GetValueOrDefault(property) ?? "--" + string.Concat(property.Select(Letter));

    private static string Letter(char letter, int at) => char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString();
}
