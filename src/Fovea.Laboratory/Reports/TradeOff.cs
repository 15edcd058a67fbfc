using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports;

/// <summary>Error under noise against size of gradients, at the reference size.</summary>
/// <param name="Points">The ansätze that have both.</param>
/// <param name="Devices">The device profiles averaged over; the noise without a device where there is none.</param>
/// <param name="Missing">The ansätze that lack one.</param>
internal sealed record TradeOff(IReadOnlyList<TradeOffPoint> Points, IReadOnlyList<string> Devices, IReadOnlyList<AnsatzEntry> Missing)
{
    /// <summary>The points that no other beats.</summary>
    public IEnumerable<TradeOffPoint> Front => Points.Where(point => !Points.Any(point.IsBeatenBy));

    public static TradeOff Of(ComparisonView view)
    {
        // Without a device the noise of the logical circuit has to do.
        string[] devices = view.Devices.Any() ? [.. view.Devices] : [.. view.Noises];
        var able = view.Ansaetze.Where(entry => entry.At(view.Reference) is { } cell && devices.Any(device => Plottable(cell, device)));

        // A mean over fewer devices is no mean to compare with: only those count that every ansatz shown has figures for.
        string[] common = [.. devices.Where(device => able.All(entry => Plottable(entry.At(view.Reference)!, device)))];
        TradeOffPoint[] points = [.. able.Select(entry => Point(entry, entry.At(view.Reference)!, common)).OfType<TradeOffPoint>()];
        return new(points, common, [.. view.Ansaetze.Where(entry => points.All(point => point.Entry != entry))]);
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
