using Fovea.Study.Running;
using Fovea.Training.Stages;

namespace Fovea.Cli.Terminal;

/// <summary>Failures that are neither bad input nor a fault of the program.</summary>
internal static class OneLineFailures
{
    /// <summary>The line to print, or null for other exceptions.</summary>
    internal static string? Describe(Exception failure) => failure is DivergenceException or CellsFailedException ? failure.Message : null;
}
