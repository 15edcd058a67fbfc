using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Training.Export;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea export RUN --format onnx --out DIR</c></summary>
internal static class ExportCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.Run();
        var format = CommonOptions.Choice("--format", "What the networks become", new Dictionary<string, string> { ["onnx"] = "onnx" });
        var output = CommonOptions.Out("Where the graphs, model.json, and the programs that sample with them go.");
        var force = CommonOptions.Force();
        var command = new Command("export", "Write the networks of a run as ONNX, circuits included, for programs without Fovea.")
        {
            run, format, output, force,
        };
        command.SetAction(parsed => CommandRun.Run(
            "nothing is left of it",
            work => OnnxExport.Execute(parsed.GetValue(run)!, parsed.GetValue(output)!, parsed.GetValue(force), work.Cancellation),
            files => Console.WriteLine($"{string.Join(", ", files)}: {parsed.GetValue(output)}")));
        return command;
    }
}
