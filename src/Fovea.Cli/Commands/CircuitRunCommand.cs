using System.CommandLine;
using System.Globalization;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange;
using Fovea.Devices.Execution;
using Fovea.Quantum.Circuits;
using Fovea.Reporting;
using Spectre.Console;

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
        var trajectories = new Option<int?>("--trajectories")
        {
            Description = $"Trajectories of an estimate; default: {CircuitRunRequest.DefaultTrajectories}.",
            HelpName = "N",
        };
        var observables = Observables();
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var execution = new ExecutionSettings();
        var command = new Command("run", "Compute a circuit from a file: ideal, on a device, by shots.")
        {
            file, inputs, observables, method, trajectories, seed, json,
        };
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
                var result = new CircuitRunner(BoundCircuit.Bind(document, values, path), request).Run();
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
            return document with
            {
                Circuit = new Circuit(
                    circuit.WireCount, circuit.InputCount, circuit.WeightCount, circuit.Operations, measured, circuit.Preparation),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InputException($"{path}: --observable: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

/// <summary>What running a circuit prints.</summary>
internal sealed record CircuitRunSummary(string Path, CircuitDocument Document, IReadOnlyList<double> Inputs, CircuitRunResult Result)
{
    private const int MostOutcomes = 16;
    private const int MostWiresListed = 8;

    internal void Print()
    {
        var circuit = Document.Circuit;
        Console.WriteLine($"{Path}: {Count(circuit.WireCount, "qubit")}, {Count(circuit.Operations.Length, "gate")}, {Count(circuit.InputCount, "input")}");
        if (Inputs.Count > 0) Console.WriteLine($"Inputs: {string.Join(", ", Inputs.Select((value, k) => $"{InputName(k)} = {value}"))}.");
        foreach (var line in Result.Inserted) Console.WriteLine(line);
        Console.WriteLine($"Method: {Result.Method}.");
        AnsiConsole.Write(Values());
        if (Result.Counts is { } counts) Print(counts);
    }

    /// <summary>The same for programs: values in the order of the observables, all bit strings.</summary>
    internal string Json()
    {
        var circuit = Document.Circuit;
        return new ReportJson().Text(new RunDocument(
            Path, circuit.WireCount, circuit.Operations.Length,
            [.. Inputs.Select((value, k) => new InputValue(InputName(k), value))],
            Result.Method, Result.Inserted,
            [.. circuit.Observables.Select((observable, k) =>
                new ObservableValue($"{observable}", Result.Values[k], Result.StandardErrors.IsEmpty ? null : Known(Result.StandardErrors[k])))],
            Result.Counts is { } counts
                ? new ShotCounts(counts.Shots, counts.Wires, counts.Counts.ToDictionary(count => count.Bits, count => count.Count))
                : null));
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private string InputName(int k) => Document.Export.InputNames?[k] ?? $"x{k}";

    private Table Values()
    {
        var isExact = Result.StandardErrors.IsEmpty;
        var table = new Table().AddColumns(isExact ? ["observable", "value"] : ["observable", "value", "± standard error"]);
        for (var output = 0; output < Result.Values.Length; output++)
        {
            string[] cells = [Markup.Escape($"{Document.Circuit.Observables[output]}"), Text(Result.Values[output])];
            table.AddRow(isExact ? cells : [.. cells, Text(Result.StandardErrors[output])]);
        }

        return table;
    }

    private static void Print(OutcomeCounts counts)
    {
        var more = counts.Counts.Length > MostOutcomes ? $", the {MostOutcomes} most frequent" : "";
        Console.WriteLine($"{Count(counts.Counts.Length, "bit string")}{more}; {Order(counts)}:");
        var table = new Table().AddColumns("bits", "count", "share");
        foreach (var (bits, count) in counts.Counts.Take(MostOutcomes))
            table.AddRow(bits, $"{count:N0}", ((double)count / counts.Shots).ToString("F4", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
    }

    private static string Order(OutcomeCounts counts)
    {
        if (counts.Wires.Length > MostWiresListed) return $"the first letter is q[{counts.Wires[0]}], the last q[{counts.Wires[^1]}]";
        return $"letters from the left: {string.Join(", ", counts.Wires.Select(wire => $"q[{wire}]"))}";
    }

    private static string Text(double value) => double.IsNaN(value) ? Figures.None : Figures.Fixed(value, 6);

    private static string Count(int count, string name) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {name}{(count == 1 ? "" : "s")}");

    private sealed record RunDocument(
        string File,
        int Qubits,
        int Gates,
        IReadOnlyList<InputValue> Inputs,
        string Method,
        IReadOnlyList<string> Compiled,
        IReadOnlyList<ObservableValue> Values,
        ShotCounts? Shots);

    private sealed record InputValue(string Name, double Value);

    /// <summary>The standard error is null where the value is exact, and where one shot says nothing of it.</summary>
    private sealed record ObservableValue(string Observable, double Value, double? StandardError);

    /// <summary>Letter k of a bit string belongs to the k-th of the wires.</summary>
    private sealed record ShotCounts(int Total, IReadOnlyList<int> Wires, IReadOnlyDictionary<string, int> Counts);
}
