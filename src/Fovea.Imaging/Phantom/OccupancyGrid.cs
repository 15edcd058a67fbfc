using System.Numerics;

namespace Fovea.Imaging.Phantom;

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
