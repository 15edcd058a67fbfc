using System.CommandLine;
using System.Text;
using Fovea.Cli.Terminal;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea ansatz list</c></summary>
internal static class AnsatzListCommand
{
    private const int TextWidth = 96;
    private const string Indent = "    ";

    internal static Command Create()
    {
        var command = new Command("list", "List the ansätze that are known by name, and the broken published ones that serve as exhibits.");
        command.SetAction(_ => Guarded.Run("nothing was printed", _ => string.Concat(AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).Select(Entry)), Console.Write));
        return command;
    }

    private static string Entry(Ansatz ansatz)
    {
        var aliases = ansatz.Aliases.Count > 0 ? $" ({string.Join(", ", ansatz.Aliases)})" : "";
        var text = new StringBuilder($"{ansatz.Name}{aliases}: {ansatz.Status.ToString().ToLowerInvariant()}, {ansatz.Wires.Text}\n");
        var line = "";
        foreach (var word in ansatz.Description.Split(' '))
        {
            if (line.Length + word.Length >= TextWidth)
            {
                text.Append(Indent).Append(line.TrimEnd()).Append('\n');
                line = "";
            }

            line += word + " ";
        }

        return text.Append(Indent).Append(line.TrimEnd()).Append('\n').ToString();
    }
}
