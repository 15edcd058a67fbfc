namespace Fovea.Imaging.Phantom;

/// <summary>
/// Draws a fundus photograph that never was: the retina from <see cref="PhantomParameters"/>, seen by a camera. All lengths are
/// on the retina, all edges are averaged over the pixel, so the same parameters give the same eye at each size.
/// </summary>
public static class PhantomRenderer
{
    /// <summary>The smallest image side, pixels.</summary>
    public const int SmallestSize = 32;

    /// <summary>The largest image side, pixels.</summary>
    public const int LargestSize = 512;

    /// <summary>
    /// The image as bytes [size, size, 3] in sRGB, black outside the field of view. Throws when <paramref name="size"/> is not
    /// from 32 to 512. Uses nothing but its arguments: any number of threads may render.
    /// </summary>
    public static byte[] Render(PhantomParameters parameters, int size)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, LargestSize);
        var grid = new RetinaGrid(parameters.Camera, parameters.Eye, size);
        var noise = new NoiseField(parameters.TextureSeed);
        var planes = new ColourPlanes(size);
        var tree = VesselTree.Grow(parameters.Disc, parameters.Vessels);
        BackgroundLayer.Paint(planes, grid, parameters, noise);
        DiscLayer.Paint(planes, grid, parameters, noise);
        var lesions = LesionMap.Place(parameters, tree);
        LesionLayer.PaintDeep(planes, grid, parameters, lesions, noise);
        VesselLayer.Paint(planes, grid, parameters, tree);
        LesionLayer.PaintSuperficial(planes, grid, parameters, lesions, noise);
        return CameraStage.Expose(planes, grid, parameters, noise);
    }
}
