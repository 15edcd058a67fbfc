using Fovea.Laboratory.Reports.Views;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>One column of a <see cref="LineChart"/>.</summary>
/// <param name="Title">What is shown, at which size.</param>
/// <param name="XLabel">"qubits n" or "layers L".</param>
/// <param name="Points">The points of an ansatz.</param>
internal sealed record LinePanel(string Title, string XLabel, Func<AnsatzEntry, IReadOnlyList<CurvePoint>> Points)
{
    /// <summary>The line fitted to an ansatz's points, as places to draw it through; empty without a fit.</summary>
    public Func<AnsatzEntry, IReadOnlyList<(double X, double Y)>> Fit { get; init; } = _ => [];

    /// <summary>What Haar-random states would show; empty where there is no such figure.</summary>
    public IReadOnlyList<(double X, double Y)> Haar { get; init; } = [];
}
