namespace Fovea.Imaging.Retina;

/// <summary>A circle in pixels.</summary>
internal readonly record struct Circle(double X, double Y, double Radius)
{
    /// <summary>How far a point lies outside the circle; negative inside.</summary>
    public double Outside(EdgePoint point)
    {
        var (dx, dy) = (point.X - X, point.Y - Y);
        return Math.Sqrt(dx * dx + dy * dy) - Radius;
    }
}
