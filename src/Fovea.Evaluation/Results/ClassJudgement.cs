namespace Fovea.Evaluation.Results;

/// <summary>Whether generated images show the class that they were asked for, by what a discriminant of training images sees in them.</summary>
/// <param name="Network">The feature network that looks.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Real">Held-out real images of known class: how well the discriminant tells classes at all.</param>
/// <param name="Generated">Generated images by the class that was asked for.</param>
public sealed record ClassJudgement(string Network, IReadOnlyList<string> Classes, ClassConfusion Real, ClassConfusion Generated)
{
    /// <summary>Balanced accuracy of guessing.</summary>
    public double Chance => 1.0 / Classes.Count;
}

/// <summary>Images by their class and by what is seen in them.</summary>
/// <param name="Counts">A row a class, a column what was seen.</param>
/// <param name="BalancedAccuracy">Mean over classes of the share that is seen as what it is, with its bootstrap interval over images.</param>
public sealed record ClassConfusion(IReadOnlyList<IReadOnlyList<int>> Counts, Figure BalancedAccuracy)
{
    /// <summary>
    /// Rank correlation (Spearman's ρ) of class and what is seen, for classes in an order such as grades; null where either is the same for all images.
    /// </summary>
    public double? RankCorrelation { get; init; }
}
