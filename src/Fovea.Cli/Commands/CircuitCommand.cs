using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Planning;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit show</c>, <c>plan</c>, <c>export</c>, <c>draw</c>, <c>run</c> and <c>gradient</c></summary>
internal static class CircuitCommand
{
    internal static Command Create() => new("circuit", "Quantum layers: their gates, how they are computed, their exchange, and runs of circuits from files.")
    {
        Show(), Plan(), CircuitExportCommand.Create(), CircuitDrawCommand.Create(), CircuitRunCommand.Create(), CircuitGradientCommand.Create(),
    };

    private static Command Show()
    {
        var circuit = new CircuitOptions();
        var command = new Command("show", "Print the gate list of a quantum layer.");
        circuit.AddTo(command);
        command.SetAction(parsed => CommandRun.RunShort(_ => circuit.Build(parsed).ToString(), Console.Write));
        return command;
    }

    private static Command Plan()
    {
        var circuit = new CircuitOptions();
        var engine = CircuitOptions.Engine();
        var batch = new Option<int>("--batch") { Description = "Circuits in a call.", DefaultValueFactory = _ => 4096 };
        var isDouble = new Option<bool>("--double") { Description = "Plan for double precision." };
        var calibrate = new Option<bool>("--calibrate") { Description = "Measure this machine first, for about six seconds." };
        var command = new Command("plan", "Say how a quantum layer will be computed, and why so.") { engine, batch, isDouble, calibrate };
        circuit.AddTo(command);
        command.SetAction(parsed => CommandRun.RunShort(
            _ =>
            {
                if (parsed.GetValue(batch) < 1)
                    throw new InputException($"--batch {parsed.GetValue(batch)} is not allowed; allowed: 1 and above");
                var model = parsed.GetValue(calibrate) ? CostCalibration.Measure() : CostModel.Default;
                var planner = new EnginePlanner(parsed.GetValue(batch), parsed.GetValue(isDouble), model);
                return Explain(planner, circuit.Build(parsed), parsed.GetValue(engine));
            },
            Console.Write));
        return command;
    }

    private static string Explain(EnginePlanner planner, Fovea.Quantum.Circuits.Circuit circuit, EngineKind? only)
    {
        try
        {
            return planner.Plan(circuit, only).Explain();
        }
        catch (NotSupportedException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}

/// <summary>The options that describe a quantum layer on the command line.</summary>
internal sealed class CircuitOptions
{
    private readonly Option<string> _ansatz = new Option<string>("--ansatz")
    {
        Description = $"One of {string.Join(", ", AnsatzRegistry.Names)}, or your own in a {AnsatzFile.Extension} file.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "ese2-recon",
    }.Suggest(() => AnsatzRegistry.NamesAndAliases);
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

/// <summary>How inputs get into a circuit, on the command line.</summary>
internal sealed class EncodingOptions
{
    private readonly Option<InputEncoding> _encoding =
        CommonOptions.Choice("--encoding", "How inputs are encoded", Enum.GetValues<InputEncoding>().ToDictionary(InputEncodings.Name));

    private readonly Option<bool> _reupload = new("--reupload") { Description = "Encode the inputs again before every layer." };

    internal EncodingOptions() => _encoding.DefaultValueFactory = _ => InputEncoding.Y;

    internal void AddTo(Command command)
    {
        command.Add(_encoding);
        command.Add(_reupload);
    }

    internal InputEncoding Encoding(ParseResult parsed) => parsed.GetValue(_encoding);

    internal bool Reupload(ParseResult parsed) => parsed.GetValue(_reupload);
}
