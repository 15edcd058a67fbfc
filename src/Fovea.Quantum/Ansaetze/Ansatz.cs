using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze.Language;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>A trainable circuit pattern: one layer, repeated, as a text declares it (docs/ansatz.md).</summary>
public sealed class Ansatz
{
    private readonly LayerDefinition _definition;

    internal Ansatz(Header header, LayerDefinition definition, string source)
    {
        _definition = definition;
        Name = header.Name;
        Aliases = header.Aliases;
        Description = header.Description;
        Status = header.Status;
        Wires = header.Wires;
        Source = source;
    }

    /// <summary>Name in settings, lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>Other accepted names.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>What it is and where it comes from.</summary>
    public string Description { get; }

    /// <summary>Where its gates come from.</summary>
    public AnsatzStatus Status { get; }

    /// <summary>The numbers of wires it can be laid out on.</summary>
    public WireRule Wires { get; }

    /// <summary>The text that declares it. <see cref="AnsatzDefinition.Parse"/> makes the same ansatz of it.</summary>
    public string Source { get; }

    /// <summary>Appends <paramref name="layers"/> layers; weights are numbered in the order of the gates.</summary>
    /// <param name="builder">Receives the gates, on all its wires.</param>
    /// <param name="layers">Number of layers, 0 or more.</param>
    /// <exception cref="ArgumentException">The builder has a number of wires that <see cref="Wires"/> does not allow.</exception>
    /// <exception cref="InputException">A statement breaks a rule at this size; one line with the statement's file and line.</exception>
    public void Append(CircuitBuilder builder, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        for (var layer = 0; layer < layers; layer++)
            AppendLayer(builder, layer);
    }

    /// <summary>Appends the layer number <paramref name="layer"/> (from 0), so that other gates can go between layers.</summary>
    /// <exception cref="ArgumentException">The builder has a number of wires that <see cref="Wires"/> does not allow.</exception>
    /// <exception cref="InputException">
    /// A statement breaks a rule at this size; one line with the statement's file and line. The builder then holds part of the layer.
    /// </exception>
    public void AppendLayer(CircuitBuilder builder, int layer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        if (!Wires.Allows(builder.WireCount))
            throw new ArgumentException(WireProblem(builder.WireCount), nameof(builder));
        _definition.Append(builder, layer);
    }

    /// <summary>Number of weights on <paramref name="wires"/> wires and <paramref name="layers"/> layers.</summary>
    /// <exception cref="ArgumentException"><see cref="Wires"/> does not allow that number of wires.</exception>
    /// <exception cref="InputException">A statement breaks a rule at this size.</exception>
    public int WeightCount(int wires, int layers)
    {
        var builder = new CircuitBuilder(wires);
        Append(builder, layers);
        return builder.WeightCount;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether it goes by that name, main or other; case ignored.</summary>
    internal bool IsCalled(string? name) => Aliases.Prepend(Name).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>"hqconv takes a multiple of 4, not 6".</summary>
    internal string WireProblem(int wires) => $"{Name} takes {Wires.Text}, not {wires}";
}

/// <summary>Where the gates of an ansatz come from. In definitions the names are in lower case.</summary>
public enum AnsatzStatus
{
    /// <summary>A user's own.</summary>
    Own,

    /// <summary>A layout that is in common use.</summary>
    Standard,

    /// <summary>The circuit of a publication.</summary>
    Published,

    /// <summary>What we take a publication's circuit to be, where its exact sequence was not available.</summary>
    Reconstruction,

    /// <summary>Another circuit that the publication could have meant.</summary>
    Candidate,

    /// <summary>A published circuit with a fault, kept to show it: for the laboratory and tests, never for training.</summary>
    Exhibit,
}

/// <summary>How many wires an ansatz can be laid out on.</summary>
/// <param name="Text">The rule as it ends a sentence: "takes …".</param>
/// <param name="Allows">Whether a number of wires, 1 or more, fits.</param>
public sealed record WireRule(string Text, Func<int, bool> Allows)
{
    /// <summary>Any number of wires.</summary>
    public static WireRule Any { get; } = new("any number of wires", _ => true);
}
