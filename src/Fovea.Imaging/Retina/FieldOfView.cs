namespace Fovea.Imaging.Retina;

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
        Disc = new RetinaDisc(Disc.Kind, Disc.CentreX * factor, Disc.CentreY * factor, Disc.Radius * factor),
        Left = Left * factor,
        Top = Top * factor,
        Right = Right * factor,
        Bottom = Bottom * factor,
    };
}
