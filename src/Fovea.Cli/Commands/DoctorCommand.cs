using System.CommandLine;
using Fovea.Cli.Diagnosis;
using Fovea.Cli.Terminal;
using Fovea.Reporting;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea doctor</c></summary>
internal static class DoctorCommand
{
    private const string Name = "doctor";

    /// <summary>Whether a command line is one of it.</summary>
    internal static bool Is(ParseResult parsed) => parsed.CommandResult.Command.Name == Name;

    internal static Command Create(Option<string?> libtorch)
    {
        var output = CommonOptions.Out("The folder that results are to go to; nothing is left in it.", ".");
        var threads = CommonOptions.Threads();
        var quick = new Option<bool>("--quick") { Description = "Leave the speed out, which takes four seconds." };
        var json = CommonOptions.Json();
        var command = new Command(
            Name,
            "Say what this machine has and lacks for the program, and how fast it is; made to be pasted into a report.")
        {
            output, threads, quick, json,
        };
        command.SetAction(parsed =>
        {
            var isUsable = true;
            var code = CommandRun.Run(
                "nothing was written",
                work => MachineReport.Here(
                    parsed.GetValue(output)!, parsed.GetValue(threads), !parsed.GetValue(quick), OtherLibtorch.Of(parsed, libtorch)?.Refusal(), work.Progress,
                    work.Cancellation),
                report =>
                {
                    isUsable = report.Problems.Count == 0;
                    if (parsed.GetValue(json)) Console.WriteLine(new ReportJson().Text(report));
                    else
                        foreach (var line in report.Lines()) Console.WriteLine(line);
                });
            return code == ExitCodes.Success && !isUsable ? ExitCodes.BadInput : code;
        });
        return command;
    }
}
