using System.Globalization;
using Fovea.Devices.Exchange;
using Fovea.Devices.Execution;
using Fovea.Reporting;
using Spectre.Console;

namespace Fovea.Cli.Commands;

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
            Path, circuit.WireCount, circuit.Operations.Length, [.. Inputs.Select((value, k) => new InputValue(InputName(k), value))], Result.Method, Result.Inserted,
            [.. circuit.Observables.Select((observable, k) => new ObservableValue($"{observable}", Result.Values[k], Result.StandardErrors.IsEmpty ? null : Result.StandardErrors[k]))],
            Result.Counts is { } counts
                ? new ShotCounts(counts.Shots, counts.Wires, counts.Counts.ToDictionary(count => count.Bits, count => count.Count))
                : null));
    }

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

    private static string Text(double value) => Figures.Fixed(value, 6);

    private static string Count(int count, string name) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {name}{(count == 1 ? "" : "s")}");

    private sealed record RunDocument(
        string File, int Qubits, int Gates, IReadOnlyList<InputValue> Inputs, string Method, IReadOnlyList<string> Compiled, IReadOnlyList<ObservableValue> Values, ShotCounts? Shots);

    private sealed record InputValue(string Name, double Value);

    /// <summary>The standard error is null where the value is exact.</summary>
    private sealed record ObservableValue(string Observable, double Value, double? StandardError);

    /// <summary>Letter k of a bit string belongs to the k-th of the wires.</summary>
    private sealed record ShotCounts(int Total, IReadOnlyList<int> Wires, IReadOnlyDictionary<string, int> Counts);
}
