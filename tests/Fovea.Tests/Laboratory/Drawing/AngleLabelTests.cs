using Fovea.Laboratory.Drawing;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Laboratory.Drawing;

public class AngleLabelTests
{
    [Theory]
    [InlineData(Math.PI, "π")]
    [InlineData(-Math.PI / 2, "-π/2")]
    [InlineData(3 * Math.PI / 4, "3π/4")]
    [InlineData(2 * Math.PI / 3, "2π/3")]
    [InlineData(-2 * Math.PI, "-2π")]
    [InlineData(0, "0")]
    [InlineData(1.23456, "1.235")]
    [InlineData(3.1416, "3.142")]
    public void Number_Value_IsShort(double value, string expected) => Assert.Equal(expected, AngleLabel.Number(value));

    [Fact]
    public void Number_NegativeZero_HasNoSign() => Assert.Equal("0", AngleLabel.Number(-0.0));

    [Fact]
    public void Of_Angle_NamesItsSource()
    {
        Assert.Equal("w3", Text(Angle.Weight(3)));
        Assert.Equal("-x0", Text(Angle.Input(0, -1)));
        Assert.Equal("2·x0", Text(Angle.Input(0, 2)));
        Assert.Equal("π/2·x10·x1", Text(Angle.InputProduct(10, 1, Math.PI / 2)));
        Assert.Equal("π/2", Text(Angle.Constant(Math.PI / 2)));
    }

    private static string Text(Angle angle) => string.Concat(AngleLabel.Of(angle, 'w').Select(run => run.Text));
}
