using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Files;
using Fovea.Devices.Exchange;
using Fovea.Laboratory.Drawing;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit draw FILE [--out FILE.svg]</c></summary>
internal static class CircuitDrawCommand
{
    internal static Command Create()
    {
        var file = CommonOptions.NotEmpty(new Argument<string>("file") { Description = "OpenQASM 3 or 2, or a circuit's .json.", HelpName = "FILE" });
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "Write a picture (SVG) here as well.", HelpName = "FILE.svg" });
        var force = new Option<bool>("--force") { Description = "Replace the file." };
        var command = new Command("draw", "Draw a circuit from a file in the terminal, and as a picture.") { file, output, force };
        command.SetAction(parsed => CommandRun.RunShort(
            _ =>
            {
                OutputFile.Require(parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(file)!);
                var document = CircuitFile.Read(parsed.GetValue(file)!);
                if (parsed.GetValue(output) is { } path) AtomicFile.WriteText(path, SvgDrawing.Draw(document.Circuit));
                return $"{parsed.GetValue(file)}: {document.Circuit.WireCount} qubits, {document.Circuit.Operations.Length} gates{Names(document)}\n\n"
                    + $"{UnicodeDrawing.Draw(document.Circuit, Width())}\n";
            },
            Console.Write));
        return command;
    }

    // The drawing numbers inputs, the file names them.
    private static string Names(CircuitDocument document) => document.Export.InputNames is { Count: > 0 } names
        ? "; inputs: " + string.Join(", ", names.Select((name, k) => $"x{k} = {name}"))
        : "";

    /// <summary>Columns of a drawing: those of the terminal, or of a page where there is none.</summary>
    internal static int Width() => Console.IsOutputRedirected ? UnicodeDrawing.DefaultWidth : AnsiConsole.Profile.Width;
}
