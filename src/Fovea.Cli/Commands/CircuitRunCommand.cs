using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Hardware.Exchange;
using Fovea.Hardware.Execution;

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
        var seed = CommonOptions.Seed();
        var execution = new ExecutionSettings();
        var command = new Command("run", "Compute a circuit from a file: ideal, on a device, by shots.") { file, inputs, method, trajectories, seed };
        execution.AddTo(command);
        command.SetAction(parsed => Guarded.RunShort(
            announce =>
            {
                var path = parsed.GetValue(file)!;
                if (parsed.GetValue(seed) < 0) throw new InputException($"--seed {parsed.GetValue(seed)} is not allowed; allowed: 0 and above");
                var (profile, options) = execution.Read(parsed, parsed.GetValue(seed), announce);
                var request = new CircuitRunRequest
                {
                    Profile = profile,
                    Options = options,
                    Method = parsed.GetValue(method),
                    Trajectories = parsed.GetValue(trajectories),
                    Threads = Environment.ProcessorCount,
                };
                request.Validate();
                var document = CircuitFile.Read(path);
                var values = parsed.GetValue(inputs) is { } text ? BoundCircuit.ParseInputs(text) : null;
                var result = new CircuitRunner(BoundCircuit.Of(document, values, path), request).Run();
                return new CircuitRunSummary(path, document, values ?? document.Export.Inputs ?? [], result);
            },
            summary => summary.Print()));
        return command;
    }
}
