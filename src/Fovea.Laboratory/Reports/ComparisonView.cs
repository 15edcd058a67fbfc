using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory.Reports;

/// <summary>A comparison as its reports look at it: by ansatz, with the sizes that charts and findings choose.</summary>
internal sealed class ComparisonView
{
    /// <exception cref="ArgumentException">The comparison has no analysis.</exception>
    public ComparisonView(AnsatzComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Cells.Count == 0)
            throw new ArgumentException("the comparison has no analysis to report", nameof(comparison));
        Comparison = comparison;
        Ansaetze = [.. comparison.Cells.GroupBy(cell => cell.Subject.Ansatz.Name).Select(Entry)];
        Cells = [.. Ansaetze.SelectMany(entry => entry.Cells)];
        Noises = [.. Cells.SelectMany(cell => cell.Resilience).Select(r => r.Noise).Distinct()];
        Reference = SizeChoice.Nearest(Ansaetze, CellSize.Preferred);
        Layers = SizeChoice.Layers(Ansaetze, CellSize.Preferred.Layers);
        Largest = SizeChoice.LargestQubits(Ansaetze);
    }

    public AnsatzComparison Comparison { get; }

    /// <summary>Every ansatz, in the comparison's order.</summary>
    public IReadOnlyList<AnsatzEntry> Ansaetze { get; }

    /// <summary>Every analysis: by ansatz, qubits, layers.</summary>
    public IReadOnlyList<AnsatzAnalysis> Cells { get; }

    /// <summary>Every noise, in order of appearance.</summary>
    public IReadOnlyList<string> Noises { get; }

    /// <summary>The noises of devices.</summary>
    public IEnumerable<string> Devices => Noises.Where(noise => noise != DepolarizingNoise.Name);

    /// <summary>The size at which ansätze are held side by side.</summary>
    public CellSize Reference { get; }

    /// <summary>The number of layers of charts over qubits.</summary>
    public int Layers { get; }

    /// <summary>The number of qubits of charts over layers.</summary>
    public int Largest { get; }

    /// <summary>The fit of an ansatz at that number of layers, or null.</summary>
    public GradientDecay? Decay(AnsatzEntry entry, int layers) =>
        Comparison.Decays.FirstOrDefault(decay => decay.Ansatz == entry.Name && decay.Layers == layers);

    private static AnsatzEntry Entry(IGrouping<string, AnsatzAnalysis> cells, int index) =>
        new(index, cells.First().Subject.Ansatz, [.. cells.OrderBy(cell => cell.Subject.Qubits).ThenBy(cell => cell.Subject.Layers)]);
}

/// <summary>One ansatz of a comparison.</summary>
/// <param name="Index">Its place in the comparison, which fixes its colour and marker in all charts.</param>
/// <param name="Ansatz">The ansatz.</param>
/// <param name="Cells">Its analyses, by qubits, then layers.</param>
internal sealed record AnsatzEntry(int Index, Ansatz Ansatz, IReadOnlyList<AnsatzAnalysis> Cells)
{
    /// <summary>Name in settings.</summary>
    public string Name => Ansatz.Name;

    /// <summary>Name for readers.</summary>
    public string Label { get; } = AnsatzLabel.Of(Ansatz);

    /// <summary>The analysis at that size, or null.</summary>
    public AnsatzAnalysis? At(CellSize size) => Cells.FirstOrDefault(cell => cell.Size() == size);

    /// <summary>The analysis at that size or the nearest to it.</summary>
    public AnsatzAnalysis Nearest(CellSize size) => Cells.MinBy(cell => cell.Size().DistanceTo(size))!;
}

/// <summary>What stands beside an ansatz's name wherever a reader meets it: no reconstruction goes by as the publication's own.</summary>
internal static class AnsatzLabel
{
    /// <summary>"reconstruction", "candidate reconstruction", "exhibit" or "own"; null for circuits as published.</summary>
    public static string? Remark(Ansatz ansatz) => ansatz.Status switch
    {
        AnsatzStatus.Reconstruction => "reconstruction",
        AnsatzStatus.Candidate => "candidate reconstruction",
        AnsatzStatus.Exhibit => "exhibit",
        AnsatzStatus.Own => "own",
        _ => null,
    };

    /// <summary>The status in tables: "standard", "published", "reconstruction", "candidate", "exhibit", "own".</summary>
    public static string Status(Ansatz ansatz) => ansatz.Status.ToString().ToLowerInvariant();

    /// <summary>Whether the circuit stands for one whose exact gates were not available.</summary>
    public static bool IsReconstruction(Ansatz ansatz) => ansatz.Status is AnsatzStatus.Reconstruction or AnsatzStatus.Candidate;

    /// <summary>"ese2-recon (reconstruction)".</summary>
    public static string Of(Ansatz ansatz) => Remark(ansatz) is { } remark ? $"{ansatz.Name} ({remark})" : ansatz.Name;
}

/// <summary>Numbers of qubits and layers.</summary>
internal readonly record struct CellSize(int Qubits, int Layers)
{
    /// <summary>Where charts and findings look unless the comparison lacks it.</summary>
    public static CellSize Preferred { get; } = new(8, 3);

    /// <summary>"n = 8, L = 3".</summary>
    public override string ToString() => $"n = {Qubits}, L = {Layers}";

    /// <summary>For ordering by nearness to <paramref name="other"/>: qubits count first, the smaller size wins a tie.</summary>
    public (int Qubits, int Layers, int SmallerQubits, int SmallerLayers) DistanceTo(CellSize other) =>
        (Math.Abs(Qubits - other.Qubits), Math.Abs(Layers - other.Layers), Qubits, Layers);
}

/// <summary>
/// Which size shows the most ansätze side by side: one that all have, where there is one. Ansätze with rules about their wires (multiples of
/// 3, multiples of 4) share few sizes.
/// </summary>
internal static class SizeChoice
{
    /// <summary>Among the sizes of most ansätze, those with figures under noise counted first, the one nearest to <paramref name="preferred"/>.</summary>
    public static CellSize Nearest(IReadOnlyList<AnsatzEntry> ansaetze, CellSize preferred) =>
        ansaetze.SelectMany(entry => entry.Cells)
            .GroupBy(cell => cell.Size())
            .OrderByDescending(cells => cells.Count(HasNoiseFigures))
            .ThenByDescending(cells => cells.Count())
            .ThenBy(cells => cells.Key.DistanceTo(preferred))
            .First().Key;

    /// <summary>The number of layers nearest to <paramref name="preferred"/> among those of most ansätze.</summary>
    public static int Layers(IReadOnlyList<AnsatzEntry> ansaetze, int preferred) =>
        Shared(ansaetze, cell => cell.Subject.Layers).OrderBy(layers => Math.Abs(layers - preferred)).ThenBy(layers => layers).First();

    /// <summary>The largest number of qubits among those of most ansätze.</summary>
    public static int LargestQubits(IReadOnlyList<AnsatzEntry> ansaetze) => Shared(ansaetze, cell => cell.Subject.Qubits).Max();

    private static IEnumerable<int> Shared(IReadOnlyList<AnsatzEntry> ansaetze, Func<AnsatzAnalysis, int> size) =>
        ansaetze.SelectMany(entry => entry.Cells.Select(size).Distinct())
            .GroupBy(value => value)
            .GroupBy(values => values.Count(), values => values.Key)
            .MaxBy(values => values.Key)!;

    private static bool HasNoiseFigures(AnsatzAnalysis cell) => cell.Resilience.Any(r => r.RelativeError is not null);
}

/// <summary>Error under noise against size of gradients, at the reference size.</summary>
/// <param name="Points">The ansätze that have both.</param>
/// <param name="Devices">The device profiles averaged over; the noise without a device where there is none.</param>
/// <param name="Missing">The ansätze that lack one.</param>
/// <param name="IsOfDevices">Whether there are devices, and not noise without one alone.</param>
internal sealed record TradeOff(
    IReadOnlyList<TradeOffPoint> Points, IReadOnlyList<string> Devices, IReadOnlyList<AnsatzEntry> Missing, bool IsOfDevices)
{
    /// <summary>The points that no other beats.</summary>
    public IEnumerable<TradeOffPoint> Front => Points.Where(point => !Points.Any(point.IsBeatenBy));

    public static TradeOff Find(ComparisonView view)
    {
        // Without a device the noise of the logical circuit has to do.
        string[] devices = view.Devices.Any() ? [.. view.Devices] : [.. view.Noises];
        var able = view.Ansaetze.Where(entry => entry.At(view.Reference) is { } cell && devices.Any(device => Plottable(cell, device)));

        // A mean over fewer devices is no mean to compare with: only those count that every ansatz shown has figures for.
        string[] common = [.. devices.Where(device => able.All(entry => Plottable(entry.At(view.Reference)!, device)))];
        TradeOffPoint[] points = [.. able.Select(entry => Point(entry, entry.At(view.Reference)!, common)).OfType<TradeOffPoint>()];
        return new(points, common, [.. view.Ansaetze.Where(entry => points.All(point => point.Entry != entry))], view.Devices.Any());
    }

    private static TradeOffPoint? Point(AnsatzEntry entry, AnsatzAnalysis cell, string[] devices)
    {
        var variance = cell.Gradients.LivePairs.Value;
        return devices.Length > 0 && variance > 0 && double.IsFinite(variance)
            ? new(entry, devices.Average(device => cell.FiniteError(device)!.Value.Value), variance, cell.Entanglement.MeyerWallachEncoded.Value)
            : null;
    }

    // A logarithmic axis has no place for an error of 0.
    private static bool Plottable(AnsatzAnalysis cell, string device) => cell.FiniteError(device) is { Value: > 0 };
}

/// <summary>An ansatz between the two wishes of a trainer: outputs that noise leaves alone, and gradients to follow.</summary>
/// <param name="Entry">The ansatz.</param>
/// <param name="Error">Relative error, averaged over device profiles.</param>
/// <param name="Variance">Mean square of derivatives of live pairs.</param>
/// <param name="MeyerWallach">Q with inputs encoded.</param>
internal sealed record TradeOffPoint(AnsatzEntry Entry, double Error, double Variance, double MeyerWallach)
{
    /// <summary>Whether the other is at least as good in both, and better in one.</summary>
    public bool IsBeatenBy(TradeOffPoint other) =>
        other.Error <= Error && other.Variance >= Variance && (other.Error < Error || other.Variance > Variance);
}
