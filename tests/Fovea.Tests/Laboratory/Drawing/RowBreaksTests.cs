using Fovea.Laboratory.Drawing;

namespace Fovea.Tests.Laboratory.Drawing;

public class RowBreaksTests
{
    [Theory]
    [InlineData("#...........", 10, "0..6 6..12")]
    [InlineData("#......#...", 10, "0..7 7..11")]
    [InlineData("#..#......", 9, "0..6 6..10")]
    [InlineData("...", 0, "0..1 1..2 2..3")]
    [InlineData("...", -5, "0..1 1..2 2..3")]
    [InlineData("", 5, "0..0")]
    public void Find_UnitColumns_AreEvenUnlessASectionWouldBeCut(string columns, double room, string expected)
    {
        var rows = RowBreaks.Find([.. columns.Select(_ => 1.0)], [.. columns.Select(c => c == '#')], room);
        Assert.Equal(expected, string.Join(' ', rows));
    }
}
