using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Quantum.Ansaetze;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz list</c></summary>
internal static class AnsatzListCommand
{
    internal static Command Create()
    {
        var command = new Command("list", "List the ansätze that are known by name, and the broken published ones that serve as exhibits.");
        command.SetAction(_ => Guarded.Run("nothing was printed", _ => AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits), ansaetze => AnsiConsole.Write(Table(ansaetze))));
        return command;
    }

    private static Table Table(IEnumerable<Ansatz> ansaetze)
    {
        var table = new Table().AddColumns("name", "also", "wires", "status", "what it is");
        table.Columns[0].NoWrap = true;
        foreach (var ansatz in ansaetze)
        {
            string[] cells = [ansatz.Name, string.Join(", ", ansatz.Aliases), ansatz.Wires.Text, ansatz.Status.ToString().ToLowerInvariant(), ansatz.Description];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        return table;
    }
}
