using System.CommandLine;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea grade images</c> and <c>train</c></summary>
internal static class GradeCommand
{
    internal static Command Create() => new("grade", "Judge whether photographs can be read: good, usable, reject.")
    {
        GradeTrainCommand.Create(),
    };
}
