using System.Numerics;
using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>Draws places, sizes and shapes of the spots.</summary>
internal sealed class LesionPlacer(PhantomParameters parameters)
{
    private readonly CounterRandom _random = new(parameters.Lesions.Seed, 0);
    private readonly RetinaFlow _flow = new(parameters.Disc.Centre);
    private readonly List<Lesion> _spots = [];

    public List<Lesion> Place()
    {
        var counts = parameters.Lesions;
        Repeat(counts.Microaneurysms, () => Add(LesionKind.Microaneurysm, AroundMacula(1.5f, 17), Between(0.10f, 0.20f), 1, Between(0.6f, 1f)));
        Repeat(counts.BlotHaemorrhages, AddBlot);
        Repeat(
            counts.FlameHaemorrhages,
            () =>
                Add(LesionKind.FlameHaemorrhage, AlongFibres(3.8f, 13), Between(0.16f, 0.34f), Between(2f, 4.5f), Between(0.6f, 0.95f)));
        Repeat(counts.ExudateClusters, AddExudates);
        Repeat(
            counts.CottonWoolSpots,
            () => Add(LesionKind.CottonWoolSpot, AlongFibres(4.2f, 12), Between(0.45f, 0.9f), Between(1.1f, 1.9f), Between(0.45f, 0.8f)));
        Repeat(counts.PreretinalHaemorrhages, AddPreretinal);
        return _spots;
    }

    private void AddBlot()
    {
        // Most are dots; a few are large blots.
        var size = 0.14f + 0.45f * MathF.Pow(Between(0, 1), 4);
        Add(LesionKind.BlotHaemorrhage, AroundMacula(2, 20), size, Between(1, 1.7f), Between(0.5f, 1.05f));
    }

    private void AddPreretinal()
    {
        var side = _random.NextDouble() < 0.7 ? 1 : -1;
        var centre = new Vector2(Between(-7, 13), side * Between(4.5f, 10));
        Add(LesionKind.PreretinalHaemorrhage, centre, Between(1.3f, 3.2f), Between(1.1f, 1.8f), Between(0.85f, 1f), angle: 0);
    }

    private void AddExudates()
    {
        var centre = Polar(Between(2f, 9f), Between(0, 2 * MathF.PI));
        var ring = _random.NextDouble() < 0.4;
        var spread = ring ? Between(1.2f, 2.6f) : Between(0.5f, 1.3f);
        var (start, arc) = (Between(0, 2 * MathF.PI), Between(2f, 5.5f));
        var count = 10 + _random.NextInt(30);
        for (var i = 0; i < count; i++)
        {
            var offset = ring
                ? Polar(spread * (1 + 0.16f * Normal()), start + arc * Between(0, 1))
                : spread * 0.6f * new Vector2(Normal(), Normal());
            var place = centre + offset;
            if (place.Length() < 0.6f || OnDisc(place)) continue;
            var size = 0.06f + 0.22f * MathF.Pow(Between(0, 1), 2.5f);
            Add(LesionKind.HardExudate, place, size, Between(1, 1.8f), Between(0.6f, 0.95f), Between(0, MathF.PI));
        }
    }

    private void Add(LesionKind kind, Vector2 place, float radius, float elongation, float strength, float? angle = null)
    {
        if (OnDisc(place)) return;
        var along = _flow.Direction(place);
        _spots.Add(new Lesion(kind, place, radius, elongation, angle ?? MathF.Atan2(along.Y, along.X), strength, Between(0, NoiseField.Period)));
    }

    private bool OnDisc(Vector2 place) => Vector2.Distance(place, parameters.Disc.Centre) < parameters.Disc.VerticalRadius * 1.15f;

    private Vector2 AroundMacula(float nearest, float farthest) =>
        // Uniform over the ring's radius, not its area: the posterior pole has most of them.
        Polar(Between(nearest, farthest), Between(0, 2 * MathF.PI)) + new Vector2(2, 0);

    private Vector2 AlongFibres(float nearest, float farthest)
    {
        var side = _random.NextDouble() < 0.5 ? 1 : -1;
        // 0 is nasal, a quarter turn is down: the bundles leave the disc above and below, leaning temporal.
        return parameters.Disc.Centre + Polar(Between(nearest, farthest), side * (1.95f + 0.5f * Normal()));
    }

    private static Vector2 Polar(float radius, float angle) => radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle));

    private float Between(float low, float high) => (float)_random.NextDouble(low, high);

    private float Normal() => (float)_random.NextNormal();

    private static void Repeat(int count, Action place)
    {
        for (var i = 0; i < count; i++) place();
    }
}
