using System.Collections.Immutable;
using Fovea.Models.Circuits;

namespace Fovea.Models.Controls;

/// <summary>The kinds of layers by name: everything that depends on which kind a layer is.</summary>
public static class QuantumLayerKinds
{
    private static readonly ImmutableArray<Entry> Entries =
    [
        new(QuantumLayerKind.Circuit, "circuit", true, (channels, options) => new QuantumConvolution(channels, options)),
        new(QuantumLayerKind.Frozen, "frozen", true, (channels, options) => new QuantumConvolution(channels, options, frozen: true)),
        new(QuantumLayerKind.MatchedMlp, "matched-mlp", false, PerceptronConvolution.Matched),
        new(QuantumLayerKind.WideMlp, "wide-mlp", false, PerceptronConvolution.Wide),
        new(QuantumLayerKind.Trigonometric, "trigonometric", false, (channels, options) => new TrigonometricConvolution(channels, options)),
        new(QuantumLayerKind.Identity, "identity", false, (channels, options) => new IdentityConvolution(channels, options)),
        new(QuantumLayerKind.Separable, "separable", true, QuantumConvolution.Separable),
    ];

    /// <summary>The names in settings, in the order of the kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>The kind of a name out of <see cref="Names"/>.</summary>
    public static QuantumLayerKind Parse(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)?.Kind
        ?? throw new ArgumentException($"'{name}' is not a kind of layer; allowed: {string.Join(", ", Names)}", nameof(name));

    /// <summary>The name in settings.</summary>
    public static string Name(this QuantumLayerKind kind) => Find(kind).Name;

    /// <summary>Whether the layer runs a circuit, and so can be put on a device.</summary>
    public static bool RunsCircuit(this QuantumLayerKind kind) => Find(kind).RunsCircuit;

    /// <summary>Makes a layer [batch, channels, height, width] → the same shape.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="options">The circuit and the groups.</param>
    public static AngleConvolution Create(this QuantumLayerKind kind, int channels, QuantumOptions options) =>
        Find(kind).Create(channels, options.At(channels));

    private static Entry Find(QuantumLayerKind kind) =>
        Entries.FirstOrDefault(entry => entry.Kind == kind) ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of layer");

    private sealed record Entry(QuantumLayerKind Kind, string Name, bool RunsCircuit, Func<int, QuantumOptions, AngleConvolution> Create);
}
