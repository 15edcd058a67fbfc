using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>The ansätze known by name.</summary>
public static class AnsatzRegistry
{
    /// <summary>Every ansatz, in the order of listings.</summary>
    public static IReadOnlyList<Ansatz> All { get; } =
    [
        new(
            "strongly-entangling",
            ["sel"],
            "Rot on every wire, then a CNOT ring whose range grows with the layer (Schuld et al. 2020, arXiv 1804.00633; "
                + "the layout of PennyLane's StronglyEntanglingLayers)",
            [GateRule.RotEach, new([GateKind.CNOT], WirePattern.RangedRing)]),
        new(
            "basic-entangler",
            [],
            "RX on every wire, then a nearest-neighbour CNOT ring (the layout of PennyLane's BasicEntanglerLayers)",
            [new([GateKind.RX], WirePattern.Each), new([GateKind.CNOT], WirePattern.NearestRing)]),
        new(
            "ese2-recon",
            [],
            "Rot on every wire, then CNOT on even pairs in even layers and on odd pairs in odd layers: our reconstruction "
                + "of \"Edited Strongly Entangling Layers 2\" (arXiv 2508.09903); the paper's exact sequence was not available",
            [GateRule.RotEach, new([GateKind.CNOT], WirePattern.AlternatingPairs)]),
    ];

    /// <summary>The main names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>The ansatz of that name or alias (case ignored), or null.</summary>
    public static Ansatz? Find(string? name) =>
        All.FirstOrDefault(a => Matches(a.Name, name) || a.Aliases.Any(alias => Matches(alias, name)));

    /// <summary>The ansatz of that name or alias.</summary>
    /// <exception cref="ArgumentException">No such ansatz; the message lists the names and the nearest one.</exception>
    public static Ansatz Get(string name) => Find(name) ?? throw new ArgumentException(UnknownName(name), nameof(name));

    /// <summary>One line that says a name is unknown, what is allowed, and the nearest allowed name.</summary>
    internal static string UnknownName(string? name)
    {
        var allowed = All.SelectMany(a => a.Aliases.Prepend(a.Name)).ToArray();
        return $"ansatz '{name}' is not one of {string.Join(", ", allowed)}{NearestName.Hint(name ?? "", allowed)}";
    }

    private static bool Matches(string known, string? name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);
}
