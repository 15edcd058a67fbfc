using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>Paints lesions: those within the retina lie under the vessels, those in the nerve fibres and before it on them.</summary>
internal static class LesionLayer
{
    public static void PaintDeep(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, LesionMap lesions, NoiseField noise)
    {
        var painter = new Painter(planes, grid, parameters, noise);
        foreach (var spot in lesions.Spots)
            if (spot.Kind is LesionKind.Microaneurysm or LesionKind.BlotHaemorrhage or LesionKind.HardExudate) painter.Paint(spot);
    }

    public static void PaintSuperficial(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, LesionMap lesions, NoiseField noise)
    {
        var painter = new Painter(planes, grid, parameters, noise);
        foreach (var spot in lesions.Spots)
            if (spot.Kind is LesionKind.FlameHaemorrhage or LesionKind.CottonWoolSpot) painter.Paint(spot);
        PaintNewVessels(planes, grid, parameters, lesions);
        foreach (var spot in lesions.Spots)
            if (spot.Kind is LesionKind.PreretinalHaemorrhage) painter.Paint(spot);
    }

    private static void PaintNewVessels(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, LesionMap lesions)
    {
        if (lesions.NewVessels.Count == 0) return;
        var depth = new float[planes.Red.Length];
        var raster = new VesselRaster(grid, parameters.Camera.Blur);
        foreach (var strand in lesions.NewVessels) raster.Draw(depth, strand.Points, strand.Radii, 0.85f);
        for (var i = 0; i < depth.Length; i++)
            if (depth[i] > 0) planes.Scale(i, MathF.Exp(-0.22f * depth[i]), MathF.Exp(-0.85f * depth[i]), MathF.Exp(-0.6f * depth[i]));
    }

    private sealed class Painter(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, NoiseField noise)
    {
        private readonly RetinaTone _tone = parameters.Tone;
        private readonly float _window = MathF.Sqrt(grid.DegreesPerPixel * grid.DegreesPerPixel + 12 * parameters.Camera.Blur * parameters.Camera.Blur);

        public void Paint(in Lesion spot)
        {
            var bounds = PixelBounds.Around(grid, spot.Centre, spot.Radius * spot.Elongation * 1.6f + 2 * _window);
            var (sine, cosine) = MathF.SinCos(spot.Angle);
            for (var y = bounds.Top; y < bounds.Bottom; y++)
            {
                for (var x = bounds.Left; x < bounds.Right; x++)
                {
                    var p = grid.ToRetina(x + 0.5f, y + 0.5f) - spot.Centre;
                    var local = new Vector2((p.X * cosine + p.Y * sine) / spot.Elongation, p.Y * cosine - p.X * sine) / spot.Radius;
                    var coverage = Coverage(spot, local);
                    if (coverage > 0.002f) Colour(y * grid.Size + x, spot, local, coverage);
                }
            }
        }

        /// <summary>The part of a pixel that the spot covers; <paramref name="local"/> in half axes.</summary>
        private float Coverage(in Lesion spot, Vector2 local)
        {
            var distance = local.Length();
            var radius = spot.Radius;
            if (spot.Kind == LesionKind.Microaneurysm || radius < _window)
            {
                // A disc narrower than the window is seen as the window's blur with the disc's area.
                var variance = (radius * radius * 0.25f + _window * _window / 12) / (radius * radius);
                return MathF.Min(1, 0.5f / variance) * MathF.Exp(-distance * distance / (2 * variance));
            }

            var direction = distance > 1e-4f ? local / distance : Vector2.UnitX;
            var wobble = spot.Kind == LesionKind.PreretinalHaemorrhage ? 0.08f : 0.24f;
            var outline = 1 + wobble * noise.At(spot.Outline + direction.X * 1.1f, direction.Y * 1.1f + 5);
            if (spot.Kind == LesionKind.FlameHaemorrhage)
                outline *= 1 + 0.3f * noise.At(spot.Outline + local.Y * 1.7f, MathF.Sign(local.X) * 9);
            if (spot.Kind == LesionKind.CottonWoolSpot) return Curves.SmoothStep(1.15f * outline - 0.75f * distance);
            // Blood seeps: borders are softer than the optics make them.
            var border = spot.Kind == LesionKind.HardExudate ? _window : _window + 0.35f * radius;
            var inside = (outline - distance) * radius / border + 0.5f;
            if (spot.Kind == LesionKind.PreretinalHaemorrhage) inside = MathF.Min(inside, (local.Y + 0.25f) * radius / (2 * _window) + 0.5f);
            return Math.Clamp(inside, 0, 1);
        }

        private void Colour(int i, in Lesion spot, Vector2 local, float coverage)
        {
            var share = coverage * spot.Strength;
            var (red, green, blue) = (_tone.Red, _tone.GreenToRed, _tone.BlueToRed);
            switch (spot.Kind)
            {
                case LesionKind.HardExudate:
                    var bright = MathF.Min(0.98f, red * 1.2f + 0.16f);
                    planes.Mix(i, bright, bright * (0.60f + 0.40f * green), bright * (0.12f + 0.75f * blue), share);
                    break;
                case LesionKind.CottonWoolSpot:
                    var pale = MathF.Min(0.95f, red * 1.05f + 0.12f);
                    planes.Mix(i, pale, pale * (0.48f + 0.52f * green), pale * (0.22f + 0.75f * blue), share);
                    break;
                case LesionKind.PreretinalHaemorrhage:
                    // The cells sink: the pool is densest below.
                    var settled = share * Math.Clamp(0.88f + 0.15f * local.Y, 0, 1);
                    planes.Mix(i, red * 0.46f, red * green * 0.16f, red * blue * 0.18f + 0.01f, settled);
                    break;
                default:
                    planes.Scale(i, MathF.Exp(-0.48f * share), MathF.Exp(-0.95f * share), MathF.Exp(-0.75f * share));
                    break;
            }
        }
    }
}
