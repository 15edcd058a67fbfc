using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>A trainable circuit pattern, declared as the rules of one layer and repeated.</summary>
/// <param name="Name">Name in settings, lower case with hyphens.</param>
/// <param name="Aliases">Other accepted names.</param>
/// <param name="Description">What it is and where it comes from.</param>
/// <param name="Layer">The rules of one layer, in time order.</param>
public sealed record Ansatz(string Name, IReadOnlyList<string> Aliases, string Description, IReadOnlyList<GateRule> Layer)
{
    /// <summary>Rules applied once, at the beginning of the first layer.</summary>
    public IReadOnlyList<GateRule> Initial { get; init; } = [];

    /// <summary>The numbers of wires it can be laid out on.</summary>
    public WireRule Wires { get; init; } = WireRule.Any;

    /// <summary>Appends <paramref name="layers"/> layers; weights are numbered in the order of the gates.</summary>
    /// <param name="builder">Receives the gates, on all its wires.</param>
    /// <param name="layers">Number of layers, 0 or more.</param>
    /// <exception cref="ArgumentException">The builder has a number of wires that <see cref="Wires"/> does not allow.</exception>
    public void Append(CircuitBuilder builder, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        for (var layer = 0; layer < layers; layer++)
            AppendLayer(builder, layer);
    }

    /// <summary>Appends the layer number <paramref name="layer"/> (from 0), so that other gates can go between layers.</summary>
    /// <exception cref="ArgumentException">The builder has a number of wires that <see cref="Wires"/> does not allow.</exception>
    public void AppendLayer(CircuitBuilder builder, int layer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!Wires.Allows(builder.WireCount))
            throw new ArgumentException(WireProblem(builder.WireCount), nameof(builder));
        foreach (var rule in layer == 0 ? Initial.Concat(Layer) : Layer)
            rule.Append(builder, layer);
    }

    /// <summary>Number of weights on <paramref name="wires"/> wires and <paramref name="layers"/> layers.</summary>
    /// <exception cref="ArgumentException"><see cref="Wires"/> does not allow that number of wires.</exception>
    public int WeightCount(int wires, int layers)
    {
        var builder = new CircuitBuilder(wires);
        Append(builder, layers);
        return builder.WeightCount;
    }

    /// <summary>"hqconv takes a multiple of 4, not 6".</summary>
    internal string WireProblem(int wires) => $"{Name} takes {Wires.Text}, not {wires}";
}
