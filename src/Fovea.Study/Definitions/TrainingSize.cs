using System.Globalization;

namespace Fovea.Study.Definitions;

/// <summary>How many training images a cell has.</summary>
/// <param name="Images">A number, or null for all.</param>
/// <param name="Fraction">A share of all above 0 and at most 1, or null.</param>
public sealed record TrainingSize(int? Images, double? Fraction)
{
    /// <summary>All images.</summary>
    public static TrainingSize All { get; } = new(null, null);

    /// <summary>"all", a number of images, or a share in per cent, as "5pct".</summary>
    public string Name => Images is { } images
        ? images.ToString(CultureInfo.InvariantCulture)
        : Fraction is { } share ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:G6}pct") : "all";

    /// <summary>The number of images of a dataset's training split.</summary>
    /// <param name="all">Its size.</param>
    public int Of(int all) => Images ?? (Fraction is { } share ? Math.Max(1, (int)Math.Round(share * all)) : all);
}
