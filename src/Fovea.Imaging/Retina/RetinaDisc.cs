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
public readonly record struct RetinaDisc(DiscKind Kind, double CentreX, double CentreY, double Radius);
