namespace Fovea.Laboratory.Results;

/// <summary>
/// Mean squares of derivatives ∂⟨Z_w⟩/∂θ_k over parameters and inputs uniform in [0, 2π). For RX, RY and
/// RZ that is a whole period, the mean derivative is 0 and this is the variance (McClean et al. 2018, arXiv 1803.11173). Controlled rotations have
/// the period 4π: for them it is the mean square and no more.
/// </summary>
public sealed record GradientVariance
{
    /// <summary>Mean over all pairs of an output w and a parameter k; pairs without dependence count as 0.</summary>
    public required Estimate AllPairs { get; init; }

    /// <summary>Mean over the pairs that depend on each other.</summary>
    public required Estimate LivePairs { get; init; }

    /// <summary>[output]: mean over the parameters that it depends on; 0 when there is none.</summary>
    public required IReadOnlyList<Estimate> ByOutput { get; init; }

    /// <summary>[parameter]: mean over the outputs that depend on it; 0 when there is none.</summary>
    public required IReadOnlyList<Estimate> ByParameter { get; init; }

    /// <summary>[output][parameter].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Pairs { get; init; }
}
