using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Devices.Execution;
using Fovea.Quantum.Circuits;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit run FILE --noise PROFILE --shots N</c></summary>
internal static class CircuitRunCommand
{
    internal static Command Create()
    {
        var file = CommonOptions.NotEmpty(new Argument<string>("file") { Description = "OpenQASM 3 or 2, or a circuit's .json.", HelpName = "FILE" });
        var inputs = new Option<string?>("--inputs") { Description = "Values of the circuit's inputs, with commas between them.", HelpName = "X,Y" };
        var method = CommonOptions.Choice("--method", "How it is computed; default: the first that takes the circuit", new Dictionary<string, SimulationMethod?>
        {
            ["exact"] = SimulationMethod.Exact,
            ["density"] = SimulationMethod.DensityMatrix,
            ["trajectories"] = SimulationMethod.Trajectories,
        });
        var trajectories = new Option<int?>("--trajectories") { Description = $"Trajectories of an estimate; default: {CircuitRunRequest.DefaultTrajectories}.", HelpName = "N" };
        var observables = Observables();
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var execution = new ExecutionSettings();
        var command = new Command("run", "Compute a circuit from a file: ideal, on a device, by shots.") { file, inputs, observables, method, trajectories, seed, json };
        execution.AddTo(command);
        command.SetAction(parsed => CommandRun.RunShort(
            announce =>
            {
                var path = parsed.GetValue(file)!;
                var request = Request(execution, parsed, parsed.GetValue(seed), announce) with
                {
                    Method = parsed.GetValue(method),
                    Trajectories = parsed.GetValue(trajectories),
                };
                request.Validate();
                var document = Observing(CircuitFile.Read(path), parsed.GetValue(observables), path);
                var values = parsed.GetValue(inputs) is { } text ? BoundCircuit.ParseInputs(text) : null;
                var result = new CircuitRunner(BoundCircuit.Of(document, values, path), request).Run();
                return new CircuitRunSummary(path, document, values ?? document.Export.Inputs ?? [], result);
            },
            summary =>
            {
                if (parsed.GetValue(json)) Console.WriteLine(summary.Json());
                else summary.Print();
            }));
        return command;
    }

    internal static Option<string[]> Observables() => new("--observable")
    {
        Description = "What is measured in place of the file's own, once for each: 0.5*XX + 0.2*ZI, or X0*Z3 by numbers.",
        HelpName = "SUM",
    };

    /// <summary>The device or plain noise, shots and seed.</summary>
    internal static CircuitRunRequest Request(ExecutionSettings execution, ParseResult parsed, int seed, Action<string> announce)
    {
        if (seed < 0) throw new InputException($"--seed {seed} is not allowed; allowed: 0 and above");
        var plain = execution.Plain(parsed);
        var (profile, options) = execution.Read(parsed, seed, announce, takesPlain: true);
        return new CircuitRunRequest { Profile = profile, Plain = plain, Options = options, Threads = Environment.ProcessorCount };
    }

    /// <summary>The circuit with the observables that were asked for, its own where none were.</summary>
    internal static CircuitDocument Observing(CircuitDocument document, string[]? observables, string path)
    {
        if (observables is not { Length: > 0 }) return document;
        var circuit = document.Circuit;
        try
        {
            var measured = observables.Select(text => ObservableText.Parse(text, circuit.WireCount));
            return document with { Circuit = new Circuit(circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations, measured, circuit.Preparation) };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InputException($"{path}: --observable: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
