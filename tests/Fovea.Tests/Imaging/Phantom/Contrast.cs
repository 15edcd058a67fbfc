using System.Numerics;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

/// <summary>How much darker a vessel is than the retina on both its sides.</summary>
internal static class Contrast
{
    /// <summary>1 − (red + green in the vessel) / (red + green beside it), in its middle; null when that is not well in view.</summary>
    public static double? Across(byte[] image, RetinaGrid grid, PhantomParameters parameters, Vessel vessel)
    {
        var middle = vessel.Points.Count / 2;
        var (at, along) = (vessel.Points[middle], Vector2.Normalize(vessel.Points[middle] - vessel.Points[middle - 1]));
        var pixel = grid.ToPixel(at) - new Vector2(grid.Size * 0.5f);
        if (pixel.Length() > 0.42f * grid.Size || Vector2.Distance(at, parameters.Disc.Centre) < 5) return null;
        var across = new Vector2(-along.Y, along.X) * vessel.Radius;
        // Off the centre line, where an artery has its light reflex.
        var inside = Light(image, grid, at + 0.5f * across) + Light(image, grid, at - 0.5f * across);
        var beside = Light(image, grid, at + 3 * across) + Light(image, grid, at - 3 * across);
        return 1 - inside / beside;
    }

    private static double Light(byte[] image, RetinaGrid grid, Vector2 retina)
    {
        var at = grid.ToPixel(retina);
        var i = ((int)at.Y * grid.Size + (int)at.X) * 3;
        return image[i] + image[i + 1];
    }
}
