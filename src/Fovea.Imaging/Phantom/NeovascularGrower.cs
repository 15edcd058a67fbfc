using System.Numerics;
using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>
/// Grows tufts of new vessels: fine strands that leave one point of a vein, or the disc, wind tightly and loop back.
/// </summary>
internal sealed class NeovascularGrower(PhantomParameters parameters, VesselTree tree, CounterRandom random)
{
    private const float StepDegrees = 0.16f;
    private readonly List<Vessel> _strands = [];

    public List<Vessel> Grow()
    {
        for (var i = 0; i < parameters.Lesions.NeovascularTufts; i++)
        {
            // A third of the tufts sit on the disc.
            var onDisc = random.NextDouble() < 0.35;
            var root = onDisc ? parameters.Disc.Centre + 0.6f * parameters.Disc.VerticalRadius * Unit(Turn()) : OnVein();
            var extent = Between(1.3f, 2.8f);
            var strands = 9 + random.NextInt(10);
            for (var k = 0; k < strands; k++) AddStrand(root, extent);
        }

        return _strands;
    }

    private Vector2 OnVein()
    {
        var places = tree.Vessels
            .Where(v => v.Kind == VesselKind.Vein && v.Radius > 0.12f)
            .Select(v => v.Points[^1])
            .Where(p => p.Length() is > 5 and < 19)
            .ToArray();
        return places.Length == 0 ? new Vector2(-6, -7) : places[random.NextInt(places.Length)];
    }

    private void AddStrand(Vector2 root, float extent)
    {
        var points = new List<Vector2> { root };
        var heading = Turn();
        var curvature = 0f;
        var steps = (int)(extent * Between(1f, 2.4f) / StepDegrees);
        var point = root;
        for (var i = 0; i < steps; i++)
        {
            curvature = 0.8f * curvature + 0.75f * (float)random.NextNormal();
            heading += curvature * StepDegrees;
            var home = root - point;
            // Strands that reach the tuft's border turn back: the loops of a frond.
            if (home.Length() > extent * 0.8f) heading += 0.35f * MathF.Sin(MathF.Atan2(home.Y, home.X) - heading);
            points.Add(point += StepDegrees * Unit(heading));
        }

        var radius = Between(0.035f, 0.065f);
        var radii = VesselCalibre.Along(points.Count, VesselKind.Artery, radius, 0, true);
        _strands.Add(new Vessel(-1, VesselKind.Vein, radius, [.. points], radii, true));
    }

    private float Turn() => Between(0, 2 * MathF.PI);

    private float Between(float low, float high) => (float)random.NextDouble(low, high);

    private static Vector2 Unit(float angle) => new(MathF.Cos(angle), MathF.Sin(angle));
}
