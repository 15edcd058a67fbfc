namespace Fovea.Imaging.Retina;

/// <summary>
/// The field of view of a photograph in the pixels of its upright source (origin at the upper left corner of the upper left
/// pixel, x to the right, y down, so that the centre of the first pixel is at 0.5).
/// </summary>
/// <param name="Kind">How much of the circle is seen.</param>
/// <param name="CentreX">The circle's centre, in source pixels from the left edge; may lie outside the image.</param>
/// <param name="CentreY">The circle's centre, in source pixels from the upper edge.</param>
/// <param name="Radius">
/// The circle's radius in source pixels. For <see cref="DiscKind.InnerCrop"/> and <see cref="DiscKind.Other"/>: half the side
/// of the square that is kept.
/// </param>
public readonly record struct RetinaDisc(DiscKind Kind, double CentreX, double CentreY, double Radius)
{
    /// <summary>The same in pixels that are <paramref name="factor"/> times as many along each axis.</summary>
    public RetinaDisc Scale(double factor) => new(Kind, CentreX * factor, CentreY * factor, Radius * factor);
}

/// <summary>How much of the camera's circular field of view a photograph shows.</summary>
public enum DiscKind
{
    /// <summary>The whole circle.</summary>
    Circle,

    /// <summary>A circle that the sensor or a mask cut off above and below (or left and right).</summary>
    Truncated,

    /// <summary>A piece from within the circle: no border is visible.</summary>
    InnerCrop,

    /// <summary>A border is visible and no circle fits it.</summary>
    Other,
}

/// <summary>The names of the kinds as manifests write them: circle, truncated, inner_crop, other.</summary>
public static class DiscKindNames
{
    /// <summary>The name that manifests carry.</summary>
    public static string ToName(this DiscKind kind) => kind switch
    {
        DiscKind.Circle => "circle",
        DiscKind.Truncated => "truncated",
        DiscKind.InnerCrop => "inner_crop",
        DiscKind.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a disc kind"),
    };

    /// <summary>How many discs are of each kind, by name in ordinal order; where there is no disc nothing is counted.</summary>
    public static SortedDictionary<string, int> Count(IEnumerable<RetinaDisc?> discs) =>
        new(discs.OfType<RetinaDisc>().GroupBy(disc => disc.Kind.ToName()).ToDictionary(kind => kind.Key, kind => kind.Count()), StringComparer.Ordinal);

    /// <summary>Reads a name as written by <see cref="ToName"/>; false when it is none of them.</summary>
    public static bool TryParse(string name, out DiscKind kind)
    {
        foreach (var candidate in Enum.GetValues<DiscKind>())
        {
            kind = candidate;
            if (candidate.ToName() == name) return true;
        }

        kind = DiscKind.Other;
        return false;
    }
}

/// <summary>What <see cref="DiscFinder"/> finds in a picture.</summary>
/// <param name="Disc">The disc in the picture's pixels.</param>
/// <param name="Left">The first column that shows retina; parts of the disc left of it are surround.</param>
/// <param name="Top">The first row that shows retina.</param>
/// <param name="Right">The column after the last that shows retina.</param>
/// <param name="Bottom">The row after the last that shows retina.</param>
/// <param name="DarkSurround">True when the surround is black already, or none is seen.</param>
/// <param name="Support">The share of the circle, 0 to 1, along which an edge is seen; 0 when no circle was fitted.</param>
/// <param name="Coverage">The share of the picture, 0 to 1, that differs from the surround; 1 when no surround is seen.</param>
public readonly record struct FieldOfView(
    RetinaDisc Disc, double Left, double Top, double Right, double Bottom, bool DarkSurround, double Support, double Coverage)
{
    /// <summary>The same in pixels that are <paramref name="factor"/> times as many along each axis.</summary>
    public FieldOfView Scale(double factor) => this with
    {
        Disc = Disc.Scale(factor),
        Left = Left * factor,
        Top = Top * factor,
        Right = Right * factor,
        Bottom = Bottom * factor,
    };
}
