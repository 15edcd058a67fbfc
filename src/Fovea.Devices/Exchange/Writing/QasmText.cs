using System.Globalization;
using System.Text;
using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange.Writing;

/// <summary>What the writers of both versions share: numbers, angles, gates, the comments at the top.</summary>
internal sealed class QasmText(Circuit circuit, CircuitExport export, Func<GateKind, GateSpelling> spell)
{
    private const int MaxListedObservables = 16;
    private const int MaxObservableLength = 120;

    private readonly StringBuilder _text = new();

    public void Line(string line) => _text.Append(line).Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>What the file is, how its qubits are numbered, what to measure.</summary>
    public void Comments()
    {
        Line($"// {(export.Title.Length > 0 ? export.Title : "A circuit of Fovea")}: {Counted.Of(circuit.WireCount, "wire")}, "
            + $"{Parameters(circuit.InputCount, "input", export.Inputs)}, {Parameters(circuit.WeightCount, "weight", export.Weights)}.");
        Line("// Wire k is q[k] and is measured into c[k]. Fovea reads wire 0 as the most significant bit of a basis index.");
        Line($"// Observables, +1 for |0> under Z: {string.Join(", ", circuit.Observables.Take(MaxListedObservables).Select(Shorten))}"
            + (circuit.Observables.Length > MaxListedObservables ? $", ... ({circuit.Observables.Length} in all)." : "."));
        if (circuit.Observables.Any(observable => observable.Terms.Any(term => term.Pauli.X != 0)))
            Line("// The measurement below is in the Z basis: X and Y need a change of basis (h; sdg, h) in front of it.");
    }

    /// <summary>The definitions of the gates that the include file lacks, each once.</summary>
    public void Definitions()
    {
        foreach (var kind in circuit.Operations.Select(operation => operation.Kind).Distinct().Order())
        {
            if (spell(kind).Definition is { } definition)
                Line(definition);
        }
    }

    /// <summary>The gates, one a line, in time order.</summary>
    public void Gates()
    {
        foreach (var operation in circuit.Operations)
        {
            var angle = operation.Angle is { } value ? $"({Angle(value)})" : "";
            Line($"{spell(operation.Kind).Name}{angle} {string.Join(", ", operation.Wires.Select(wire => $"q[{wire}]"))};");
        }
    }

    /// <summary>A number that reads back bit for bit; always with a point, as OpenQASM 2 wants it.</summary>
    public static string Number(double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        if (digits.Contains('.', StringComparison.Ordinal))
            return digits;
        var exponent = digits.IndexOf('e', StringComparison.Ordinal);
        return exponent < 0 ? digits + ".0" : digits.Insert(exponent, ".0");
    }

    private static string Shorten(Observable observable)
    {
        var text = observable.ToString();
        return text.Length <= MaxObservableLength ? text : string.Concat(text.AsSpan(0, MaxObservableLength), "...");
    }

    private static string Parameters(int count, string what, IReadOnlyList<double>? values) =>
        count == 0 ? $"no {what}s" : $"{Counted.Of(count, what)} {(values is null ? "left open" : "bound")}";

    private string Angle(Angle angle) => angle.Source switch
    {
        AngleSource.Weight when export.Weights is { } weights => Bound(angle.Scale * weights[angle.Index]),
        AngleSource.Input when export.Inputs is { } inputs => Bound(angle.Scale * inputs[angle.Index]),
        AngleSource.InputProduct when export.Inputs is { } inputs =>
            Bound(angle.Scale * inputs[angle.Index] * inputs[angle.SecondIndex]),
        AngleSource.Weight => Scaled(angle.Scale, export.WeightName(angle.Index)),
        AngleSource.Input => Scaled(angle.Scale, export.InputName(angle.Index)),
        AngleSource.InputProduct => Scaled(angle.Scale, $"{export.InputName(angle.Index)}*{export.InputName(angle.SecondIndex)}"),
        _ => Number(angle.Scale),
    };

    private static string Bound(double radians) => double.IsFinite(radians)
        ? Number(radians)
        : throw new InputException("an angle is not finite with these weights and inputs; use smaller values");

    private static string Scaled(double scale, string name) => scale == 1 ? name : $"{Number(scale)}*{name}";
}
