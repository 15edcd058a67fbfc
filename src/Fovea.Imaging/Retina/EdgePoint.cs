namespace Fovea.Imaging.Retina;

/// <summary>A point on the border between retina and surround, in pixels.</summary>
internal readonly record struct EdgePoint(double X, double Y);
