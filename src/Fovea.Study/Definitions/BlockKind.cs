namespace Fovea.Study.Definitions;

/// <summary>What stands in the circuits' place of a network.</summary>
public enum BlockKind
{
    /// <summary>The classical twin's 3×3 convolution.</summary>
    Classical,

    /// <summary>The circuit, trained.</summary>
    Quantum,

    /// <summary>The circuit with random weights that are never trained.</summary>
    Frozen,

    /// <summary>A multilayer perceptron with as many parameters as the circuit has weights, as nearly as its shape allows.</summary>
    MatchedMlp,

    /// <summary>A multilayer perceptron as wide as the circuit has wires.</summary>
    WideMlp,

    /// <summary>A linear map of cosines and sines of the angles and of their products in pairs.</summary>
    Trigonometric,

    /// <summary>Nothing: the bounded angles themselves.</summary>
    Identity,

    /// <summary>The circuit without its entangling gates, trained.</summary>
    Separable,
}

/// <summary>Names of <see cref="BlockKind"/> in files, and what they mean for a network.</summary>
public static class BlockKinds
{
    private static readonly (BlockKind Kind, string Name)[] All =
    [
        (BlockKind.Classical, "classical"), (BlockKind.Quantum, "quantum"), (BlockKind.Frozen, "frozen"), (BlockKind.MatchedMlp, "matched-mlp"),
        (BlockKind.WideMlp, "wide-mlp"), (BlockKind.Trigonometric, "trigonometric"), (BlockKind.Identity, "identity"), (BlockKind.Separable, "separable"),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(item => item.Name)];

    /// <summary>The name of a kind.</summary>
    public static string ToName(this BlockKind kind) => All.First(item => item.Kind == kind).Name;

    /// <summary>Whether circuits are evaluated.</summary>
    public static bool HasCircuits(this BlockKind kind) => kind is BlockKind.Quantum or BlockKind.Frozen or BlockKind.Separable;

    /// <summary>The kind of a name.</summary>
    internal static BlockKind Parse(string name) => All.First(item => item.Name == name).Kind;
}
