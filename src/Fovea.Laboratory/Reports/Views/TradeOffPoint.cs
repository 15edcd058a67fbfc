namespace Fovea.Laboratory.Reports.Views;

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
