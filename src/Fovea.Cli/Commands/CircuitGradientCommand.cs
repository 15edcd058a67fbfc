using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Devices.Execution;
using Fovea.Quantum.Circuits;
using Spectre.Console;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit gradient FILE --inputs X,Y [--shots N]</c></summary>
internal static class CircuitGradientCommand
{
    internal static Command Create()
    {
        var file = CommonOptions.NotEmpty(new Argument<string>("file") { Description = "OpenQASM 3, or a circuit's .json.", HelpName = "FILE" });
        var inputs = new Option<string?>("--inputs") { Description = "Values of the circuit's inputs, with commas between them.", HelpName = "X,Y" };
        var observables = CircuitRunCommand.Observables();
        var seed = CommonOptions.Seed();
        var execution = new ExecutionSettings();
        var command = new Command(
            "gradient",
            "Derivatives by a circuit's inputs and weights: exact, under noise, or from shots by the parameter-shift rule.")
        {
            file, inputs, observables, seed,
        };
        execution.AddTo(command);
        command.SetAction(parsed => CommandRun.RunShort(
            announce =>
            {
                var path = parsed.GetValue(file)!;
                var request = CircuitRunCommand.Request(execution, parsed, parsed.GetValue(seed), announce);
                var (circuit, export) = CircuitRunCommand.Observing(CircuitFile.Read(path), parsed.GetValue(observables), path);
                double[] x = parsed.GetValue(inputs) is { } text ? BoundCircuit.ParseInputs(text) : [.. export.Inputs ?? []];
                double[] weights = [.. export.Weights ?? []];
                if (circuit.InputCount + circuit.WeightCount == 0)
                    throw new InputException($"{path}: the circuit has no inputs and no weights; nothing to differentiate by");
                // Checks that the values fit.
                BoundCircuit.Bind(new CircuitDocument(circuit, export), x, path);
                var names = Enumerable.Range(0, x.Length).Select(k => export.InputNames?[k] ?? $"x{k}")
                    .Concat(Enumerable.Range(0, weights.Length).Select(k => $"w{k}"));
                return (circuit, Names: names.ToArray(), Jacobian: new CircuitGradient(circuit, request).Run(x, weights));
            },
            result => AnsiConsole.Write(Table(result.circuit, result.Names, result.Jacobian))));
        return command;
    }

    private static Table Table(Circuit circuit, string[] names, double[,] jacobian)
    {
        var table = new Table().AddColumns([.. circuit.Observables.Select(observable => Markup.Escape($"d<{observable}>")).Prepend("by")]);
        for (var column = 0; column < names.Length; column++)
        {
            table.AddRow([
                Markup.Escape(names[column]),
                .. Enumerable.Range(0, circuit.Observables.Length).Select(output => jacobian[output, column].ToString("F6", CultureInfo.InvariantCulture)),
            ]);
        }

        return table;
    }
}
