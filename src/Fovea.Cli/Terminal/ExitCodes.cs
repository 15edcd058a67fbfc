namespace Fovea.Cli.Terminal;

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
