using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Files;
using Fovea.Laboratory;
using Fovea.Laboratory.Drawing;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz draw NAME --qubits N --layers L [--out FILE.svg]</c></summary>
internal static class AnsatzDrawCommand
{
    internal static Command Create()
    {
        var subject = new AnsatzSubjectOptions(layers: 1);
        var output = CommonOptions.NotEmpty(new Option<string?>("--out") { Description = "Write a picture (SVG) here as well.", HelpName = "FILE.svg" });
        var command = new Command("draw", "Draw a circuit in the terminal, and as a picture; gates whose parameters are dead are marked.") { output };
        subject.AddTo(command);
        command.SetAction(parsed => Guarded.Run(
            "nothing was written",
            work =>
            {
                var circuit = subject.Read(parsed);
                var diagram = CircuitDiagram.Of(circuit, AnsatzAnalyzer.FindDead(circuit, work.Cancellation));
                if (parsed.GetValue(output) is { } path)
                    AtomicFile.WriteText(path, SvgDrawing.Of(diagram));
                return $"{circuit.Ansatz.Name}: {circuit.Ansatz.Description}\n\n{UnicodeDrawing.Of(diagram, Width())}\n";
            },
            Console.Write));
        return command;
    }

    /// <summary>The terminal's width; a fixed one where the output goes elsewhere.</summary>
    private static int Width() => Console.IsOutputRedirected ? UnicodeDrawing.DefaultWidth : AnsiConsole.Profile.Width;
}
