using Fovea.Core.Errors;
using Fovea.Core.Progress;

namespace Fovea.Cli.Terminal;

/// <summary>Runs a command's work: interruption, progress, and what becomes of exceptions.</summary>
internal static class Guarded
{
    /// <summary>
    /// Runs the work with a token that Ctrl-C and SIGTERM cancel. Bad input and a full or unwritable disk end in one line and exit
    /// code 2; faults of the program print their trace and end in exit code 1.
    /// </summary>
    internal static int Run(Action<IProgress<ProgressUpdate>, CancellationToken> work)
    {
        using var interruption = new Interruption();
        try
        {
            ProgressDisplay.Show(progress => work(progress, interruption.Token));
            return ExitCodes.Success;
        }
        catch (InputException e)
        {
            return Fail(e.Message, ExitCodes.BadInput);
        }
        catch (OperationCanceledException)
        {
            return Fail("interrupted; what was finished is kept, --resume continues", ExitCodes.Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message, ExitCodes.BadInput);
        }
        catch (Exception e) when (OneLineFailures.Describe(e) is { } message)
        {
            return Fail(message, ExitCodes.Failure);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"fovea: a fault of the program, please report it: {e}");
            return ExitCodes.Failure;
        }
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"fovea: {message.ReplaceLineEndings(" ")}");
        return code;
    }
}
