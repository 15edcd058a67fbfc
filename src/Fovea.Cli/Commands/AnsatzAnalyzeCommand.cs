using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Files;
using Fovea.Laboratory;
using Fovea.Laboratory.Reports;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz analyze NAME --qubits N --layers L [--out DIR]</c></summary>
internal static class AnsatzAnalyzeCommand
{
    // Long enough that one call in a hundred is not all of it.
    private const double SpeedSeconds = 0.3;

    internal static Command Create()
    {
        var (subject, laboratory) = (new AnsatzSubjectOptions(layers: 3), new LaboratoryOptions());
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "Write the figures as JSON and the circuit as a picture into this folder.", HelpName = "DIR" });
        var force = CommonOptions.Force();
        var command = new Command("analyze", "Analyse one circuit: dead parameters, gradients, entanglement, noise, cost.") { output, force };
        subject.AddTo(command);
        laboratory.AddTo(command);
        command.SetAction(parsed => Guarded.Run(
            "nothing was written",
            work =>
            {
                var (circuit, options, folder) = (subject.Read(parsed), laboratory.Read(parsed), parsed.GetValue(output));
                if (folder is not null)
                    OutputFolder.Prepare(folder, parsed.GetValue(force));
                var analysis = AnsatzAnalyzer.Analyze(circuit, options with { SpeedSeconds = SpeedSeconds, Progress = work.Progress }, work.Cancellation);
                if (folder is not null)
                    AnalysisReport.Write(analysis, folder);
                return AnalysisText.Of(analysis);
            },
            Console.Write));
        return command;
    }
}
