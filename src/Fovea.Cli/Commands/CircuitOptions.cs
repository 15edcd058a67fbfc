using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Cli.Commands;

/// <summary>The options that describe a quantum layer on the command line.</summary>
internal sealed class CircuitOptions
{
    private readonly Option<string> _ansatz = new("--ansatz")
    {
        Description = $"One of {string.Join(", ", AnsatzRegistry.Names)}, or your own in a {AnsatzFile.Extension} file.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "ese2-recon",
    };
    private readonly Option<int> _qubits = new("--qubits") { Description = $"Qubits, 1 to {Circuit.MaxWires}.", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _layers = new("--layers") { Description = "Layers of the ansatz.", DefaultValueFactory = _ => 3 };
    private readonly EncodingOptions _encoding = new();

    internal static Option<EngineKind?> Engine()
    {
        var choices = Enum.GetValues<EngineKind>().ToDictionary(EngineNames.Of, kind => (EngineKind?)kind);
        return CommonOptions.Choice("--engine", "Use this engine only", choices);
    }

    internal void AddTo(Command command)
    {
        foreach (var option in new Option[] { _ansatz, _qubits, _layers }) command.Add(option);
        _encoding.AddTo(command);
    }

    internal Circuit Build(ParseResult parsed) => new QuantumLayerSpec
    {
        Qubits = parsed.GetValue(_qubits),
        Layers = parsed.GetValue(_layers),
        Encoding = _encoding.Encoding(parsed),
        Reupload = _encoding.Reupload(parsed),
    }.BuildCircuit(AnsatzRegistry.Resolve(parsed.GetValue(_ansatz)!));
}
