using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>The map between pixels and degrees on the retina for one view and one image size.</summary>
internal sealed class RetinaGrid
{
    private readonly float _mirror;
    private readonly float _sine;
    private readonly float _cosine;
    private readonly Vector2 _centre;

    public RetinaGrid(CameraView camera, EyeSide eye, int size)
    {
        Size = size;
        DegreesPerPixel = camera.FieldOfView / (size * camera.Fill);
        // The frame of the retina counts x nasal: the left eye's picture is its mirror image.
        _mirror = eye == EyeSide.Left ? -1 : 1;
        (_sine, _cosine) = MathF.SinCos(camera.Roll * MathF.PI / 180);
        _centre = new Vector2(camera.CentreX, camera.CentreY);
    }

    /// <summary>Image width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>Width of a pixel, degrees.</summary>
    public float DegreesPerPixel { get; }

    /// <summary>The retinal position at a place in the image (pixel centres at .5).</summary>
    public Vector2 ToRetina(float x, float y)
    {
        var (u, v) = (_mirror * (x - Size * 0.5f) * DegreesPerPixel, (y - Size * 0.5f) * DegreesPerPixel);
        return new Vector2(u * _cosine - v * _sine, u * _sine + v * _cosine) + _centre;
    }

    /// <summary>The place in the image of a retinal position, in pixels.</summary>
    public Vector2 ToPixel(Vector2 retina)
    {
        var d = retina - _centre;
        var (u, v) = (d.X * _cosine + d.Y * _sine, -d.X * _sine + d.Y * _cosine);
        return new Vector2(_mirror * u, v) / DegreesPerPixel + new Vector2(Size * 0.5f);
    }
}
