using Fovea.Core.Errors;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// The ansätze known by name. All angles are the weights themselves, in radians; publications that write an angle as 2π·θ have
/// weights 2π·θ here.
/// </summary>
public static class AnsatzRegistry
{
    private static readonly GateRule CnotRangedRing = new([GateKind.CNOT], WirePattern.RangedRing);

    private static readonly GateRule CnotAlternatingPairs = new([GateKind.CNOT], WirePattern.AlternatingPairs);

    /// <summary>Every ansatz, in the order of listings.</summary>
    public static IReadOnlyList<Ansatz> All { get; } =
    [
        new(
            "strongly-entangling",
            ["sel"],
            "Rot on every wire, then a CNOT ring whose range grows with the layer (Schuld et al. 2020, arXiv 1804.00633; "
                + "the layout of PennyLane's StronglyEntanglingLayers)",
            [GateRule.RotEach, CnotRangedRing]),
        new(
            "basic-entangler",
            [],
            "RX on every wire, then a nearest-neighbour CNOT ring (the layout of PennyLane's BasicEntanglerLayers)",
            [new([GateKind.RX], WirePattern.Each), new([GateKind.CNOT], WirePattern.NearestRing)]),
        new(
            "simplified-two-design",
            ["std"],
            "RY on every wire once, then CZ, RY, RY on even pairs and on odd pairs (Cerezo et al. 2021, arXiv 2001.00550; "
                + "the layout of PennyLane's SimplifiedTwoDesign)",
            [new([GateKind.CZ, GateKind.RY], WirePattern.EvenPairs), new([GateKind.CZ, GateKind.RY], WirePattern.OddPairs)])
        {
            Initial = [new([GateKind.RY], WirePattern.Each)],
        },
        new(
            "hqconv",
            [],
            "controlled rotations around each channel of four pixels, then between the first pixels of neighbouring channels "
                + "(De Falco et al. 2024, arXiv 2402.16147, as intended there; published for 12 wires, n = 4m is our generalisation)",
            [
                new([GateKind.CRZ, GateKind.CRX], WirePattern.RingsOfFour),
                new([GateKind.CRZ, GateKind.CRX], WirePattern.HeadsOfFour),
            ])
        {
            Wires = WireRule.MultipleOf(4),
        },
        new(
            "fqconv",
            [],
            "controlled rotations between the same pixels of three channels: CRZ on all pixels, then CRX "
                + "(De Falco et al. 2024, arXiv 2402.16147; published for 12 wires, n = 3m is our generalisation)",
            BetweenChannels([GateKind.CRZ], [GateKind.CRX]))
        {
            Wires = WireRule.MultipleOf(3),
        },
        new(
            "fqconv-port",
            [],
            "as fqconv with CRZ and CRX exchanged on every second pixel, the order of another published implementation of it; "
                + "another circuit, because CRZ and CRX on one pair do not commute (n = 3m is our generalisation)",
            BetweenChannels([GateKind.CRZ, GateKind.CRX], [GateKind.CRX, GateKind.CRZ]))
        {
            Wires = WireRule.MultipleOf(3),
        },
        new(
            "ese1-recon",
            ["r1"],
            "Rot on every wire, then a CNOT chain of neighbours: our reconstruction of \"Edited Strongly Entangling Layers 1\" "
                + "(arXiv 2508.09903); the paper's exact sequence was not available",
            [GateRule.RotEach, new([GateKind.CNOT], WirePattern.Chain)]),
        new(
            "ese2-recon",
            ["r3"],
            "Rot on every wire, then CNOT on even pairs in even layers and on odd pairs in odd layers: our reconstruction "
                + "of \"Edited Strongly Entangling Layers 2\" (arXiv 2508.09903); the paper's exact sequence was not available",
            [GateRule.RotEach, CnotAlternatingPairs]),
        Edited(
            "brick",
            "r2",
            "Rot on every wire, then CNOT on even pairs and on odd pairs",
            [GateRule.RotEach, new([GateKind.CNOT], WirePattern.EvenPairs), new([GateKind.CNOT], WirePattern.OddPairs)]),
        Edited("ry-rz-ring", "r4", "RY and RZ on every wire, then the ring of strongly-entangling", [GateRule.RyRzEach, CnotRangedRing]),
        Edited(
            "crx-ring",
            "r5",
            "Rot on every wire, then a nearest-neighbour CRX ring",
            [GateRule.RotEach, new([GateKind.CRX], WirePattern.NearestRing)]),
        Edited(
            "cz-ring",
            "r6",
            "Rot on every wire, then a nearest-neighbour CZ ring",
            [GateRule.RotEach, new([GateKind.CZ], WirePattern.NearestRing)]),
        Edited(
            "ry-rz-half-brick",
            "r7",
            "RY and RZ on every wire, then CNOT on even pairs in even layers and on odd pairs in odd layers",
            [GateRule.RyRzEach, CnotAlternatingPairs]),
        Edited(
            "half-range",
            "r8",
            "Rot on every wire, then a CNOT ring of the fixed range n/2, which for even n leaves n/2 separate pairs of wires",
            [GateRule.RotEach, new([GateKind.CNOT], WirePattern.HalfRing)]),
    ];

    /// <summary>The main names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>Everything that <see cref="Find"/> knows: each name followed by its aliases, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> NamesAndAliases { get; } = [.. All.SelectMany(a => a.Aliases.Prepend(a.Name))];

    /// <summary>The ansatz of that name or alias (case ignored), or null.</summary>
    public static Ansatz? Find(string? name) =>
        All.FirstOrDefault(a => Matches(a.Name, name) || a.Aliases.Any(alias => Matches(alias, name)));

    /// <summary>The ansatz of that name or alias.</summary>
    /// <exception cref="ArgumentException">No such ansatz; the message lists the names and the nearest one.</exception>
    public static Ansatz Get(string name) => Find(name) ?? throw new ArgumentException(UnknownName(name), nameof(name));

    /// <summary>One line that says a name is unknown, what is allowed, and the nearest allowed name.</summary>
    internal static string UnknownName(string? name) =>
        $"ansatz '{name}' is not one of {string.Join(", ", NamesAndAliases)}{NearestName.Hint(name ?? "", NamesAndAliases)}";

    private static Ansatz Edited(string name, string alias, string layout, IReadOnlyList<GateRule> layer) =>
        new(
            name,
            [alias],
            layout + ": our reconstruction, one more candidate for the \"Edited Strongly Entangling Layers\" of arXiv 2508.09903, "
                + "whose exact sequences were not available",
            layer);

    private static GateRule[] BetweenChannels(IReadOnlyList<GateKind> first, IReadOnlyList<GateKind> second) =>
    [
        .. new[] { (0, 2), (2, 1), (1, 0) }
            .Select(blocks => WirePattern.BetweenThirds(blocks.Item1, blocks.Item2))
            .SelectMany(pattern => new[] { first, second }.Select(gates => new GateRule(gates, pattern) { TakesTurns = true })),
    ];

    private static bool Matches(string known, string? name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);
}
