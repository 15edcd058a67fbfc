using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Devices.Exchange.Parsing;
using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Exchange;

/// <summary>What an exported circuit carries beside its gates: values for weights and inputs, and names.</summary>
public sealed record CircuitExport
{
    /// <summary>[WeightCount], written into the angles; null leaves the weights as parameters.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>[InputCount] of one sample, written into the angles; null leaves the inputs as parameters.</summary>
    public IReadOnlyList<double>? Inputs { get; init; }

    /// <summary>[InputCount], names of the inputs; null means x0, x1 and so on.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>[WeightCount], names of the weights; null means w0, w1 and so on.</summary>
    public IReadOnlyList<string>? WeightNames { get; init; }

    /// <summary>One line for the head of the file.</summary>
    public string Title { get; init; } = "";

    /// <summary>Everything that does not fit the circuit, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Validate(Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        List<string?> problems =
        [
            circuit.Preparation == StatePreparation.Amplitudes
                ? "a circuit that starts from amplitudes can't be exported: the exchange formats start from |0…0⟩"
                : null,
            CheckCount(Weights?.Count, circuit.WeightCount, "weights"),
            CheckCount(Inputs?.Count, circuit.InputCount, "inputs"),
            CheckCount(WeightNames?.Count, circuit.WeightCount, "weight names"),
            CheckCount(InputNames?.Count, circuit.InputCount, "input names"),
            Weights?.All(double.IsFinite) ?? true ? null : "the weights must be finite",
            Inputs?.All(double.IsFinite) ?? true ? null : "the inputs must be finite",
            Title.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') ? "the title must be one line" : null,
            .. CheckNames(circuit),
        ];
        return [.. problems.OfType<string>()];
    }

    /// <summary>Name of an input.</summary>
    internal string InputName(int index) => InputNames?[index] ?? $"x{index}";

    /// <summary>Name of a weight.</summary>
    internal string WeightName(int index) => WeightNames?[index] ?? $"w{index}";

    /// <summary>Throws one line with every problem.</summary>
    internal void Check(Circuit circuit)
    {
        var problems = Validate(circuit);
        if (problems.Count > 0)
            throw new InputException(string.Join("; ", problems));
    }

    private static string? CheckCount(int? count, int expected, string what) =>
        count is { } given && given != expected ? $"the export gives {given} {what}, the circuit has {expected}" : null;

    private IEnumerable<string> CheckNames(Circuit circuit)
    {
        if (InputNames is null && WeightNames is null)
            yield break;
        var names = Enumerable.Range(0, InputNames?.Count ?? circuit.InputCount).Select(InputName)
            .Concat(Enumerable.Range(0, WeightNames?.Count ?? circuit.WeightCount).Select(WeightName)).ToList();
        foreach (var name in names.Where(name => !ParameterNames.IsAllowed(name)).Distinct())
            yield return $"'{name}' can't name a parameter; names are ASCII letters, digits and _, and no word of OpenQASM";
        foreach (var group in names.GroupBy(name => name).Where(group => group.Count() > 1))
            yield return $"'{group.Key}' names two parameters";
    }
}

/// <summary>A circuit read from an OpenQASM text, with the names it had there.</summary>
public sealed record QasmProgram
{
    /// <summary>
    /// The gates, with an input for each declared input and no weights. It measures Z on every measured qubit in the order of
    /// the classical bits, or Z on every qubit when nothing is measured.
    /// </summary>
    public required Circuit Circuit { get; init; }

    /// <summary>Version of the language: 2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>[input], the declared names.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>[wire], "q[0]".</summary>
    public required ImmutableArray<string> Qubits { get; init; }

    /// <summary>[output], the bits measured into, "c[0]"; empty when nothing is measured.</summary>
    public required ImmutableArray<string> Bits { get; init; }
}
