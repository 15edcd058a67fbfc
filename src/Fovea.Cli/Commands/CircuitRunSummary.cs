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
        if (Inputs.Count > 0) Console.WriteLine($"Inputs: {string.Join(", ", Inputs.Select((value, k) => $"{Document.Export.InputNames?[k] ?? $"x{k}"} = {value}"))}.");
        foreach (var line in Result.Inserted) Console.WriteLine(line);
        Console.WriteLine($"Method: {Result.Method}.");
        AnsiConsole.Write(Values());
        if (Result.Counts is { } counts) Print(counts);
    }

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
}
