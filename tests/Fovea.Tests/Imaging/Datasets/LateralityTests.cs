using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public sealed class LateralityTests
{
    [Theory]
    [InlineData("left", "right")]
    [InlineData("RIGHT", "Left")]
    [InlineData("L", "R")]
    [InlineData("OD", "OS")]
    [InlineData("o.d.", "O. S.")]
    [InlineData("ＯＤ", "ＯＳ")]
    [InlineData("oculus dexter", "oculus sinister")]
    [InlineData("left_0", "right_0")]
    [InlineData("0-OD", "0-OS")]
    [InlineData("LeftEye", "RightEye")]
    [InlineData("lefteye", "righteye")]
    [InlineData("ODmild", "OSmild")]
    [InlineData("R1", "L1")]
    [InlineData("rechtes Auge", "linkes Auge")]
    [InlineData("œil gauche", "œil droit")]
    [InlineData("左眼", "右眼")]
    [InlineData("OD", "left")]
    public void TryMirror_TwoSides_GivesTheOther(string a, string b)
    {
        var sides = Laterality.Find([a, "other", b]);
        Assert.True(sides.NamesSides);
        foreach (var (label, other) in new[] { (0, 2), (2, 0), (1, 1) })
        {
            Assert.True(sides.TryMirror(label, out var mirrored));
            Assert.Equal(other, mirrored);
        }

        Assert.True(sides.TryMirror(null, out var none));
        Assert.Null(none);
        Assert.Contains("take the class of the other side", sides.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no DR", "mild", "severe")]
    [InlineData("R0", "R1", "R2")]
    [InlineData("S", "M", "L")]
    [InlineData("bright", "upright", "copyright")]
    [InlineData("0", "1", "2")]
    [InlineData("nasal", "temporal", "rest")]
    public void Describe_NoSide_IsNothingAndAllMayBeMirrored(params string[] names)
    {
        var sides = Laterality.Find(names, "grade");
        Assert.Null(sides.Describe());
        Assert.All(Enumerable.Range(0, names.Length), label => Assert.True(sides.TryMirror(label, out var same) && same == label));
    }

    [Fact]
    public void TryMirror_NoClassOfTheOtherSide_IsNotMirrored()
    {
        var sides = Laterality.Find(["left_0", "left_1", "right_1", "both left and right"]);
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(label => sides.TryMirror(label, out _)));
        // It may be of any side.
        Assert.False(sides.TryMirror(null, out _));
        Assert.Contains("'left_0', 'both left and right' are not mirrored", sides.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("laterality")]
    [InlineData("Eye")]
    [InlineData("OD_OS")]
    [InlineData("is_left")]
    public void TryMirror_ColumnOfSidesInNumbers_IsNotMirrored(string column)
    {
        var sides = Laterality.Find(["0", "1"], column);
        Assert.False(sides.TryMirror(0, out _));
        Assert.Contains($"'{column}' names a side", sides.Describe(), StringComparison.Ordinal);
        Assert.True(Laterality.Find(["left", "right"], column).TryMirror(0, out var other) && other == 1);
    }

    [Fact]
    public void NamesPlaces_TopAndBottom_AreOnes()
    {
        Assert.True(Laterality.NamesPlaces(["top", "bottom"]));
        Assert.True(Laterality.NamesPlaces(["OD", "OS"]));
        Assert.False(Laterality.NamesPlaces(["good", "reject"]));
    }
}
