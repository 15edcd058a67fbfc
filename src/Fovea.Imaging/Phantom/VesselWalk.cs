using System.Numerics;
using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>The path of one vessel, a step at a time.</summary>
internal sealed class VesselWalk(
    VesselSprout sprout, VesselStyle style, OpticDisc disc, RetinaFlow flow, OccupancyGrid occupied, int index, CounterRandom random)
{
    private const float CurvatureMemory = 0.75f;
    private const float LookAhead = 1.0f;
    private const float StubDegrees = 0.1f;
    private float _curvature;

    /// <summary>Direction at the end, radians.</summary>
    public float Heading { get; private set; } = sprout.Heading;

    /// <summary>True when something other than its length ended the vessel.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Walks <paramref name="length"/> degrees or until something stops it.</summary>
    public Vector2[] Run(float length, float step)
    {
        var points = new List<Vector2>((int)(length / step) + 2) { sprout.Start };
        var steps = Math.Max(2, (int)MathF.Round(length / step));
        var point = sprout.Start;
        for (var i = 0; i < steps && !Stopped; i++)
        {
            Steer(point, step);
            var next = point + step * new Vector2(MathF.Cos(Heading), MathF.Sin(Heading));
            if (MayNotEnter(next))
            {
                Stopped = true;
                break;
            }

            points.Add(point = next);
        }

        // Stopped at once: a stub, away from the fovea, so that the bifurcation has both its branches.
        if (points.Count == 1) points.Add(point + StubDegrees * Vector2.Normalize(point));
        return [.. points];
    }

    private void Steer(Vector2 point, float step)
    {
        var arcade = sprout.Course == VesselCourse.Arcade;
        var preferred = Preferred(point);
        var gain = arcade ? 0.42f : 0.2f;
        var difference = WrapAngle(MathF.Atan2(preferred.Y, preferred.X) - Heading);
        var winding = style.Tortuosity * (arcade ? 0.055f : 0.11f) * (sprout.Kind == VesselKind.Artery ? 1f : 0.9f);
        _curvature = CurvatureMemory * _curvature + winding * (float)random.NextNormal();
        Heading += step * Math.Clamp(gain * difference, -0.5f, 0.5f) + step * _curvature;
        if (!arcade) Avoid(point);
    }

    private Vector2 Preferred(Vector2 point)
    {
        var along = flow.Direction(point, sprout.Temporal);
        switch (sprout.Course)
        {
            case VesselCourse.Arcade when sprout.Temporal:
                return TowardsArc(point, along);
            case VesselCourse.Inward when sprout.Temporal:
                var toFovea = Vector2.Normalize(-point);
                return Vector2.Normalize(0.45f * along + 0.75f * toFovea);
            case VesselCourse.Outward when sprout.Temporal:
                return Vector2.Normalize(along + 0.7f * Vector2.Normalize(point));
            default:
                return Rotate(along, sprout.Lateral * 0.8f);
        }
    }

    private Vector2 TowardsArc(Vector2 point, Vector2 along)
    {
        // Artery and vein of an arcade run beside each other, not on each other.
        var apart = sprout.Kind == VesselKind.Artery ? 0.93f : 1.05f;
        var height = (sprout.Below > 0 ? style.LowerArcade : style.UpperArcade) * apart;
        var target = disc.CentreY * 0.5f + sprout.Below * height * RetinaFlow.ArcHeight(disc.CentreX - point.X);
        var pull = Math.Clamp((target - point.Y) * 0.22f, -0.6f, 0.6f);
        return Vector2.Normalize(along + new Vector2(0, pull));
    }

    private void Avoid(Vector2 point)
    {
        if (!Blocked(Ahead(point, 0))) return;
        var (left, right) = (Blocked(Ahead(point, -0.7f)), Blocked(Ahead(point, 0.7f)));
        if (left && right) Stopped = true;
        else Heading += left ? 0.25f : -0.25f;
    }

    private Vector2 Ahead(Vector2 point, float turn) =>
        point + LookAhead * new Vector2(MathF.Cos(Heading + turn), MathF.Sin(Heading + turn));

    private bool Blocked(Vector2 point)
    {
        var other = occupied.At(point);
        return other >= 0 && other != index && other != sprout.Parent && Vector2.Distance(point, sprout.Start) > 1.3f;
    }

    private bool MayNotEnter(Vector2 point)
    {
        if (point.Length() < style.AvascularRadius) return true;
        if (point.Length() > 31 && Vector2.Distance(point, disc.Centre) > 28) return true;
        // Arteries and veins of the upper and the lower half end at the horizontal raphe.
        var pastRaphe = sprout.Temporal && point.X < 0 && point.Y * sprout.Below < 0;
        return pastRaphe && sprout.Course != VesselCourse.Arcade
            || sprout.Course != VesselCourse.Arcade && Vector2.Distance(point, disc.Centre) < disc.VerticalRadius * 0.9f;
    }

    private static Vector2 Rotate(Vector2 v, float angle)
    {
        var (sine, cosine) = MathF.SinCos(angle);
        return new Vector2(v.X * cosine - v.Y * sine, v.X * sine + v.Y * cosine);
    }

    private static float WrapAngle(float angle) => angle - 2 * MathF.PI * MathF.Round(angle / (2 * MathF.PI));
}

/// <summary>The course that a vessel takes.</summary>
internal enum VesselCourse
{
    /// <summary>A great vessel along an arcade.</summary>
    Arcade,

    /// <summary>A branch away from the macula.</summary>
    Outward,

    /// <summary>A branch towards the macula.</summary>
    Inward,
}

/// <summary>A vessel that is to be grown.</summary>
/// <param name="Parent">Index of the parent, -1 for none.</param>
/// <param name="Kind">Artery or vein.</param>
/// <param name="Start">Where it leaves its parent.</param>
/// <param name="Heading">Direction at the start, radians, clockwise from nasal.</param>
/// <param name="Radius">Radius in degrees.</param>
/// <param name="Course">Its course.</param>
/// <param name="Temporal">Whether it belongs to the temporal half.</param>
/// <param name="Below">1 in the lower half of the retina, -1 in the upper.</param>
/// <param name="Lateral">Deviation that it keeps from the flow, radians.</param>
internal readonly record struct VesselSprout(
    int Parent, VesselKind Kind, Vector2 Start, float Heading, float Radius, VesselCourse Course, bool Temporal, int Below, float Lateral);

/// <summary>Which vessel passes through each cell of the retina, so that vessels of one kind keep apart.</summary>
internal sealed class OccupancyGrid
{
    private const float CellDegrees = 0.55f;
    private const float Reach = 44;
    private const int Side = (int)(2 * Reach / CellDegrees);
    private readonly short[] _cells = new short[Side * Side];

    /// <summary>The vessel in the cell of <paramref name="point"/>, -1 when it is empty.</summary>
    public int At(Vector2 point) => Cell(point) is var cell and >= 0 ? _cells[cell] - 1 : -1;

    /// <summary>Marks the cell of <paramref name="point"/> as taken, unless it is already.</summary>
    public void Mark(Vector2 point, int vessel)
    {
        var cell = Cell(point);
        if (cell >= 0 && _cells[cell] == 0) _cells[cell] = (short)(vessel + 1);
    }

    private static int Cell(Vector2 point)
    {
        var (x, y) = ((int)((point.X + Reach) / CellDegrees), (int)((point.Y + Reach) / CellDegrees));
        return x < 0 || y < 0 || x >= Side || y >= Side ? -1 : y * Side + x;
    }
}
