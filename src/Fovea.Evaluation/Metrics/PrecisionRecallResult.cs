namespace Fovea.Evaluation.Metrics;

/// <summary>How far two sets of images cover each other.</summary>
/// <param name="Precision">Share of generated images, 0 to 1, that lie where real ones do: fidelity.</param>
/// <param name="Recall">Share of real images, 0 to 1, that lie where generated ones do: variety.</param>
/// <param name="Images">Images a side.</param>
public readonly record struct PrecisionRecallResult(double Precision, double Recall, int Images);
