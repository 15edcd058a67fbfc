using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Devices.Exchange;
using Fovea.Training.Export;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit export RUN --layer NAME --format F</c></summary>
internal static class CircuitExportCommand
{
    internal static Command Create()
    {
        var run = CommonOptions.Run();
        var layer = new Option<string?>("--layer") { Description = "A quantum layer; without it the names are listed.", HelpName = "NAME" };
        var format = CommonOptions.Choice("--format", "The language", new Dictionary<string, CircuitFormat>
        {
            ["openqasm3"] = CircuitFormat.OpenQasm3,
            ["openqasm2"] = CircuitFormat.OpenQasm2,
            ["json"] = CircuitFormat.Json,
        });
        var image = CommonOptions.NotEmpty(
            new Option<string?>("--image")
            {
                Description = "A picture of the run's size, whose inputs are bound; default: inputs stay open.",
                HelpName = "FILE",
            });
        var position = new Option<string?>("--position") { Description = "Column and row in the layer's map, from 0.", HelpName = "X,Y" };
        var group = new Option<int?>("--group")
        {
            Description = "Which circuit of the position, from 0; default: 0 where they share their weights.",
            HelpName = "G",
        };
        var timestep = new Option<int?>("--timestep") { Description = "The denoiser's timestep; default: 0.", HelpName = "T" };
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "The file; default: standard output.", HelpName = "FILE" });
        var force = new Option<bool>("--force") { Description = "Replace the file." };
        var command = new Command("export", "Write the trained circuit of a quantum layer as OpenQASM or JSON.")
        {
            run, layer, format, image, position, group, timestep, output, force,
        };
        command.SetAction(parsed => CommandRun.RunShort(
            _ => Write(
                new LayerExportRequest
                {
                    Run = parsed.GetValue(run)!,
                    Layer = parsed.GetValue(layer),
                    Format = parsed.GetValue(format),
                    Image = parsed.GetValue(image),
                    Position = parsed.GetValue(position) is { } place ? Place(place) : null,
                    Group = parsed.GetValue(group),
                    Timestep = parsed.GetValue(timestep),
                },
                parsed.GetValue(output),
                parsed.GetValue(force)),
            Console.Write));
        return command;
    }

    /// <summary>What goes to standard output.</summary>
    private static string Write(LayerExportRequest request, string? path, bool force)
    {
        OutputFile.Require(path, force, request.Image is { } image ? [image] : []);
        var text = LayerExport.Write(request);
        if (path is null) return text;
        AtomicFile.WriteText(path, text);
        return $"{request.Layer}: {path}\n";
    }

    private static (int X, int Y) Place(string text)
    {
        var parts = text.Split(',');
        return parts is [var first, var second] && Parse(first) is { } x && Parse(second) is { } y
            ? (x, y)
            : throw new InputException($"--position {text} is not allowed; allowed: a column and a row from 0, like 3,2");
    }

    private static int? Parse(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
