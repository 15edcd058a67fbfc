using ScottPlot;

namespace Fovea.Laboratory.Reports.Charts;

/// <summary>Finds places for labels beside markers where they cover no marker, no other label and nothing outside the plot.</summary>
/// <param name="area">Where labels should stay, in pixels.</param>
/// <param name="markers">Centre and radius of every marker.</param>
internal sealed class LabelPlaces(PixelRect area, IReadOnlyList<(Pixel Centre, float Radius)> markers)
{
    /// <summary>Size of the labels' letters.</summary>
    public const float FontSize = 12.5f;

    private const float Gap = 4;
    private const float LineHeight = 16;

    // Wide for an average letter, so that a label takes no less room than it is given.
    private const float LetterWidth = FontSize * 0.56f;

    private readonly List<PixelRect> _taken = [];

    /// <summary>The first of several places around the marker with the least covered.</summary>
    public LabelPlace Place(int index, string label)
    {
        var width = label.Length * LetterWidth;
        var best = Candidates(markers[index].Radius + Gap).MinBy(place => Covered(Rect(index, place, width), index));
        _taken.Add(Rect(index, best, width));
        return best;
    }

    private static IEnumerable<LabelPlace> Candidates(float distance)
    {
        foreach (var ring in new[] { 0f, LineHeight, 2 * LineHeight })
        {
            foreach (var rise in ring == 0 ? [0f] : new[] { -ring, ring })
            {
                yield return new(new(distance, rise), Alignment.MiddleLeft);
                yield return new(new(-distance, rise), Alignment.MiddleRight);
            }

            yield return new(new(0, -distance - (LineHeight / 2) - ring), Alignment.MiddleCenter);
            yield return new(new(0, distance + (LineHeight / 2) + ring), Alignment.MiddleCenter);
        }
    }

    private PixelRect Rect(int index, LabelPlace place, float width)
    {
        var (x, y) = (markers[index].Centre.X + place.Offset.X, markers[index].Centre.Y + place.Offset.Y);
        var left = place.Anchor switch { Alignment.MiddleLeft => x, Alignment.MiddleRight => x - width, _ => x - (width / 2) };
        return new(left, left + width, y + (LineHeight / 2), y - (LineHeight / 2));
    }

    private float Covered(PixelRect rect, int index)
    {
        var outside = (rect.Width * rect.Height) - Overlap(rect, area);
        var labels = _taken.Sum(taken => Overlap(rect, taken));
        var covered = markers.Index().Where(marker => marker.Index != index).Sum(marker => Overlap(rect, Box(marker.Item)));
        return (4 * outside) + labels + covered;
    }

    private static PixelRect Box((Pixel Centre, float Radius) marker) =>
        new(marker.Centre.X - marker.Radius, marker.Centre.X + marker.Radius, marker.Centre.Y + marker.Radius, marker.Centre.Y - marker.Radius);

    private static float Overlap(PixelRect a, PixelRect b) =>
        Math.Max(0, Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left)) * Math.Max(0, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top));
}

/// <summary>Where a label goes, from its marker's centre.</summary>
/// <param name="Offset">From the centre to the label's anchor, in pixels.</param>
/// <param name="Anchor">Which point of the label lies there.</param>
internal readonly record struct LabelPlace(PixelOffset Offset, Alignment Anchor);
