using System.Numerics;
using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>
/// Grows a tree vessel by vessel, the widest first: each walks along the flow of the retina with random curvature, keeps off
/// vessels of its kind, and at its end divides by Murray's law until the branches are too thin to be seen.
/// </summary>
internal sealed class VesselGrower(OpticDisc disc, VesselStyle style)
{
    private const float ThinnestRadius = 0.045f;
    private const float StepDegrees = 0.4f;

    private readonly RetinaFlow _flow = new(disc.Centre);
    private readonly OccupancyGrid[] _occupied = [new(), new()];
    private readonly List<Vessel> _vessels = [];
    private readonly PriorityQueue<VesselSprout, (float NegativeRadius, int Order)> _sprouts = new();
    private int _order;

    public List<Vessel> Grow()
    {
        PlantRoots();
        while (_sprouts.TryDequeue(out var sprout, out _) && _vessels.Count < short.MaxValue - 4) GrowVessel(sprout);
        return _vessels;
    }

    private void Enqueue(VesselSprout sprout) => _sprouts.Enqueue(sprout, (-sprout.Radius, _order++));

    private void PlantRoots()
    {
        foreach (var kind in new[] { VesselKind.Vein, VesselKind.Artery })
        {
            var random = new CounterRandom(style.Seed, (ulong)kind);
            var scale = style.VeinRadius * (kind == VesselKind.Vein ? 1 : style.ArteryToVein);
            var nasal = kind == VesselKind.Artery ? 0.25f : 0.02f;
            var origin = disc.Centre + new Vector2(nasal * disc.HorizontalRadius, (float)random.NextNormal() * 0.1f);
            var trunks = new (float Temporal, float Nasal)[2];
            for (var i = 0; i < 2; i++)
                trunks[i] = (scale * (float)random.NextDouble(0.92, 1.08), scale * (float)random.NextDouble(0.62, 0.85));
            var (up, down) = (MurrayLaw.ParentRadius(trunks[0].Temporal, trunks[0].Nasal), MurrayLaw.ParentRadius(trunks[1].Temporal, trunks[1].Nasal));
            var root = _vessels.Count;
            Add(-1, kind, MurrayLaw.ParentRadius(up, down), [origin + new Vector2(0.1f, 0), origin], false);
            PlantTrunk(root, kind, origin, up, trunks[0], -1, random);
            PlantTrunk(root, kind, origin, down, trunks[1], 1, random);
        }
    }

    private void PlantTrunk(int root, VesselKind kind, Vector2 origin, float radius, (float Temporal, float Nasal) arms, int below, CounterRandom random)
    {
        // Artery and vein leave the disc side by side, in either order.
        var lean = (float)random.NextDouble(-0.35, 0.35) * disc.HorizontalRadius;
        var height = disc.VerticalRadius * (float)random.NextDouble(0.35, 1.05);
        var end = disc.Centre + new Vector2(lean, below * height);
        var bow = new Vector2((float)random.NextDouble(-0.2, 0.4), 0);
        var points = new Vector2[7];
        for (var i = 0; i < points.Length; i++)
        {
            var s = i / (points.Length - 1f);
            points[i] = Vector2.Lerp(origin, end, s) + bow * (s * (1 - s) * 2);
        }

        var trunk = _vessels.Count;
        Add(root, kind, radius, points, false);
        var heading = Heading(points[^1] - points[^2]);
        Divide(trunk, kind, end, heading, radius, arms, below);
    }

    private void Divide(int trunk, VesselKind kind, Vector2 end, float heading, float radius, (float Temporal, float Nasal) arms, int below)
    {
        // Up is a negative y: the temporal arm of an upper trunk turns against the clock, that of a lower trunk with it.
        var temporalTurn = below * MurrayLaw.Angle(radius, arms.Temporal, arms.Nasal);
        var nasalTurn = -below * MurrayLaw.Angle(radius, arms.Nasal, arms.Temporal);
        Enqueue(new VesselSprout(trunk, kind, end, heading + temporalTurn, arms.Temporal, VesselCourse.Arcade, true, below, 0));
        Enqueue(new VesselSprout(trunk, kind, end, heading + nasalTurn, arms.Nasal, VesselCourse.Arcade, false, below, 0));
    }

    private void Add(int parent, VesselKind kind, float radius, Vector2[] points, bool terminal)
    {
        var index = _vessels.Count;
        // The root has no diameter change to show; marks on the disc would only stop the vessels that leave it.
        foreach (var point in points)
            if (Vector2.Distance(point, disc.Centre) > disc.VerticalRadius * 1.3f) _occupied[(int)kind].Mark(point, index);
        _vessels.Add(new Vessel(parent, kind, radius, points, VesselCalibre.Along(points.Length, kind, radius, style.Beading, terminal), terminal));
    }

    private void GrowVessel(in VesselSprout sprout)
    {
        var index = _vessels.Count;
        var random = new CounterRandom(style.Seed, 16 + (ulong)index);
        var walk = new VesselWalk(sprout, style, disc, _flow, _occupied[(int)sprout.Kind], index, random);
        var last = sprout.Radius < ThinnestRadius * 1.26f;
        var points = walk.Run(SegmentLength(sprout, random, last), StepDegrees);
        var terminal = last || walk.Stopped;
        Add(sprout.Parent, sprout.Kind, sprout.Radius, points, terminal);
        if (!terminal) Branch(sprout, index, points[^1], walk.Heading, random);
    }

    private float SegmentLength(in VesselSprout sprout, CounterRandom random, bool last)
    {
        var mean = sprout.Course == VesselCourse.Arcade ? 3.1f : 3.0f + 14f * sprout.Radius;
        if (last) mean *= 1.4f;
        return mean * (float)random.NextDouble(0.5, 1.5) / style.Density;
    }

    private void Branch(in VesselSprout parent, int index, Vector2 end, float heading, CounterRandom random)
    {
        var arcade = parent.Course == VesselCourse.Arcade;
        var inward = random.NextDouble() < 0.5;
        var even = random.NextDouble() < (arcade ? 0.18 : 0.3);
        var flow = (float)(even ? random.NextDouble(0.3, 0.48) : random.NextDouble(0.05, 0.22));
        // The macula is fed by thin branches only.
        if (arcade && inward && parent.Temporal) flow *= 0.4f;
        var (side, main) = (MurrayLaw.ChildRadius(parent.Radius, flow), MurrayLaw.ChildRadius(parent.Radius, 1 - flow));
        // Towards the macula is with the clock below it on the temporal side, the other way above.
        var turn = (inward ? 1 : -1) * parent.Below * (parent.Temporal ? 1 : -1);
        var mainHeading = heading - turn * MurrayLaw.Angle(parent.Radius, main, side);
        var sideHeading = heading + turn * MurrayLaw.Angle(parent.Radius, side, main);
        var course = inward ? VesselCourse.Inward : VesselCourse.Outward;
        if (!arcade && parent.Course == VesselCourse.Outward) course = VesselCourse.Outward;
        var lateral = arcade ? turn * (float)random.NextDouble(0.25, 0.8) : parent.Lateral + turn * (float)random.NextDouble(0.1, 0.5);
        var kept = arcade && main > 0.075f;
        Enqueue(parent with
        {
            Parent = index,
            Start = end,
            Heading = mainHeading,
            Radius = main,
            Course = kept || !arcade ? parent.Course : VesselCourse.Outward,
        });
        Enqueue(parent with { Parent = index, Start = end, Heading = sideHeading, Radius = side, Course = course, Lateral = Math.Clamp(lateral, -1.2f, 1.2f) });
    }

    private static float Heading(Vector2 direction) => MathF.Atan2(direction.Y, direction.X);
}
