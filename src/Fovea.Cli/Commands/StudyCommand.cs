using System.CommandLine;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea study</c></summary>
internal static class StudyCommand
{
    internal static Command Create() => new("study", "Many runs that belong together: arms, seeds and training sizes, judged alike.")
    {
        StudyRunCommand.Create(), StudyReportCommand.Create(), StudyEmitCommand.Create(),
    };
}
