using System.Numerics;

namespace Fovea.Imaging.Phantom;

/// <summary>The retina without disc and vessels: pigment, choroid, nerve fibres and macula.</summary>
internal static class BackgroundLayer
{
    public static void Paint(ColourPlanes planes, RetinaGrid grid, PhantomParameters parameters, NoiseField noise)
    {
        var painter = new Painter(parameters, noise, grid.DegreesPerPixel);
        // Only a defocused picture draws light from beyond its border.
        var reach = parameters.Fault == QualityFault.Defocus ? 2f * grid.Size : 0.5f * grid.Size * parameters.Camera.Fill + 1.5f;
        var half = grid.Size * 0.5f;
        for (var y = 0; y < grid.Size; y++)
        {
            for (var x = 0; x < grid.Size; x++)
            {
                var (u, v) = (x + 0.5f - half, y + 0.5f - half);
                if (u * u + v * v > reach * reach) continue;
                painter.Paint(planes, y * grid.Size + x, grid.ToRetina(x + 0.5f, y + 0.5f));
            }
        }
    }

    private sealed class Painter(PhantomParameters parameters, NoiseField noise, float pixel)
    {
        private readonly RetinaTone _tone = parameters.Tone;
        // The bands converge on a point between fovea and disc.
        private static readonly Vector2 s_pole = new(7, 0);
        private readonly Vector2 _disc = parameters.Disc.Centre;

        public void Paint(ColourPlanes planes, int i, Vector2 p)
        {
            var (red, green, blue) = (_tone.Red, _tone.Red * _tone.GreenToRed, _tone.Red * _tone.BlueToRed);
            var mottling = _tone.Mottling * noise.Fractal(p.X, p.Y, 7, 4, pixel, 3.3f);
            var grain = _tone.Grain * noise.Fractal(p.X, p.Y, 0.7f, 3, pixel, 17.9f);
            var tint = 0.05f * noise.Fractal(p.X, p.Y, 12, 2, pixel, 41.7f);
            var macula = Macula(p, out var pit);
            var choroid = _tone.Tessellation * Choroid(p) * (1 - 0.75f * macula);
            var (sheen, glow) = NerveFibres(p);
            planes.Red[i] = red * (1 + 0.6f * mottling + grain * 0.6f + 0.10f * choroid + 0.05f * glow) * (1 - 0.10f * macula) * (1 - 0.30f * pit);
            planes.Green[i] = green * (1 + mottling + grain - tint + 0.035f * choroid + 0.16f * glow) * (1 - 0.17f * macula) * (1 - 0.44f * pit);
            planes.Blue[i] = blue * (1 + mottling + grain - 2 * tint - 0.05f * choroid + 0.18f * glow) * (1 - 0.12f * macula) * (1 - 0.42f * pit);
            planes.Mix(i, 0.80f, 0.82f, 0.74f, sheen);
            Reflex(planes, i, p);
        }

        private float Macula(Vector2 p, out float pit)
        {
            var d2 = p.LengthSquared();
            var radius = _tone.FovealRadius;
            pit = _tone.MacularPigment * MathF.Exp(-d2 / (2 * radius * radius));
            return _tone.MacularPigment * MathF.Exp(-d2 / (2 * 4.2f * 4.2f));
        }

        /// <summary>Choroidal vessels: meandering bands that leave the posterior pole, about -1 to 1.</summary>
        private float Choroid(Vector2 p)
        {
            if (_tone.Tessellation < 0.02f) return 0;
            var q = p - s_pole;
            var warp = noise.Fractal(p.X, p.Y, 7, 2, pixel, 8.1f);
            var radius = q.Length() + 0.001f;
            // One turn is one period of the lattice, so the bands close behind the pole.
            var turn = MathF.Atan2(q.Y, q.X) * (NoiseField.Period / (2 * MathF.PI));
            var bands = Ridge(turn + warp * 0.5f, radius / 9f + 0.25f * warp + 11.7f);
            var net = Ridge(turn * 2f + warp * 0.8f + 23.1f, radius / 6f + 0.35f * warp);
            var cell = radius * (2 * MathF.PI / NoiseField.Period);
            return NoiseField.Visibility(cell, pixel) * Math.Clamp((radius - 3) / 8f, 0, 1) * (0.8f * bands + 0.45f * net);
        }

        private float Ridge(float x, float y)
        {
            var ridge = 1 - MathF.Min(MathF.Abs(noise.At(x, y)) * 1.6f, 1);
            return 2 * ridge * ridge - 0.65f;
        }

        private (float Sheen, float Glow) NerveFibres(Vector2 p)
        {
            var offset = p - _disc;
            var distance = offset.Length();
            var glow = MathF.Exp(-distance * distance / (2 * 6f * 6f));
            if (_tone.NerveFibreSheen <= 0) return (0, glow);
            var angle = MathF.Atan2(offset.Y, offset.X);
            // The thick bundles leave the disc above and below, towards the temporal side.
            var bundle = MathF.Exp(-Curves.Square(MathF.Abs(angle) - 1.9f) / (2 * 0.38f * 0.38f));
            var reach = MathF.Exp(-Curves.Square(distance - 5) / (2 * 4f * 4f));
            var stripes = 1 + 0.5f * noise.At(angle * (NoiseField.Period * 3 / (2 * MathF.PI)), distance * 0.12f) * NoiseField.Visibility(
                distance * 0.033f, pixel * 0.5f);
            return (0.11f * _tone.NerveFibreSheen * bundle * reach * stripes * MathF.Min(1, _tone.Red * 1.2f), glow);
        }

        private void Reflex(ColourPlanes planes, int i, Vector2 p)
        {
            if (_tone.FovealReflex <= 0) return;
            var distance = p.Length();
            if (distance > 6) return;
            var point = 0.35f * MathF.Exp(-distance * distance / (2 * 0.16f * 0.16f));
            var ring = 0.05f * MathF.Exp(-Curves.Square(distance - 2.9f - 0.4f * noise.At(p.X * 0.4f, p.Y * 0.4f)) / (2 * 0.3f * 0.3f));
            planes.Mix(i, 0.95f, 0.85f, 0.7f, _tone.FovealReflex * (point + ring * (1 + 0.5f * noise.At(p.X, p.Y))));
        }
    }
}
