using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Training.Export;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea export RUN --format onnx|diffusers --out DIR</c></summary>
internal static class ExportCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.Run();
        var format = CommonOptions.Choice<Export>(
            "--format",
            "What the networks become; default: onnx",
            new Dictionary<string, Export> { ["onnx"] = OnnxExport.Execute, ["diffusers"] = DiffusersExport.Execute });
        var output = CommonOptions.Out("Where the networks, model.json, and the programs that sample with them go.");
        var force = CommonOptions.Force();
        var command = new Command(
            "export", "Write the networks of a run for programs without Fovea: as ONNX, circuits included, or a classical denoiser for diffusers.")
        {
            run, format, output, force,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing is left of it",
            work => (parsed.GetValue(format) ?? OnnxExport.Execute)(parsed.GetValue(run)!, parsed.GetValue(output)!, parsed.GetValue(force), work.Cancellation),
            files => Console.WriteLine($"{string.Join(", ", files)}: {parsed.GetValue(output)}")));
        return command;
    }

    private delegate IReadOnlyList<string> Export(string run, string output, bool force, CancellationToken cancellation);
}
