using System.CommandLine;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz list</c>, <c>draw</c>, <c>analyze</c> and <c>compare</c></summary>
internal static class AnsatzCommand
{
    internal static Command Create() => new("ansatz", "Circuits before training: what they are, what they can do, what they cost.")
    {
        AnsatzListCommand.Create(), AnsatzDrawCommand.Create(), AnsatzAnalyzeCommand.Create(), AnsatzCompareCommand.Create(),
    };
}
