using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1.00")]
    [InlineData(-0.01234, "-0.0123")]
    [InlineData(0.00012345, "1.23×10⁻⁴")]
    [InlineData(123456, "123456")]
    [InlineData(-1.5e12, "-1.50×10¹²")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "-∞")]
    [InlineData(double.NaN, "–")]
    public void Number_HasThreeDigits(double value, string text) => Assert.Equal(text, Figures.Number(value));

    [Theory]
    [InlineData(0.12345, 0.0042, "0.123 ± 0.004")]
    [InlineData(0.12345, 0.0012, "0.1235 ± 0.0012")]
    [InlineData(1.2345e-5, 4.2e-7, "(1.23 ± 0.04)×10⁻⁵")]
    [InlineData(1e-7, 0.5, "0.0 ± 0.5")]
    [InlineData(0.25, 0, "0.250")]
    [InlineData(0, 0, "0")]
    [InlineData(3907.2, 31, "3907 ± 31")]
    [InlineData(double.PositiveInfinity, double.NaN, "∞")]
    [InlineData(double.NaN, double.NaN, "–")]
    public void WithError_HasTheDigitsThatItsErrorAllows(double value, double error, string text) =>
        Assert.Equal(text, Figures.WithError(value, error));

    [Fact]
    public void Exact_IsReadBackAsTheSameNumber()
    {
        Assert.Equal("0.1", Figures.Exact(0.1));
        Assert.Equal(1 / 3.0, double.Parse(Figures.Exact(1 / 3.0), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("", Figures.Exact(double.NaN));
    }

    [Fact]
    public void Ranges_JoinNeighbours()
    {
        Assert.Equal("2–12", Phrases.Ranges(Enumerable.Range(2, 11)));
        Assert.Equal("3, 6, 9–10, 12", Phrases.Ranges([12, 3, 9, 10, 6]));
        Assert.Equal("a, b and c", Phrases.Join(["a", "b", "c"]));
    }

    [Fact]
    public void Duration_TakesTheUnitThatFits()
    {
        Assert.Equal("75.2 s", Figures.Duration(75.25));
        Assert.Equal("5.00 min", Figures.Duration(300));
        Assert.Equal("3.00 h", Figures.Duration(10800));
        Assert.Equal("12 min", Figures.Duration(741, digits: 2));
    }

    [Theory]
    [InlineData(12.344, 2, "12.34")]
    [InlineData(-0.5, 2, "-0.50")]
    [InlineData(-0.004, 2, "0.00")]
    [InlineData(-0.4, 0, "0")]
    [InlineData(1e-7, 6, "0.000000")]
    public void Fixed_HasItsDecimalsAndNoMinusBeforeZero(double value, int decimals, string text) => Assert.Equal(text, Figures.Fixed(value, decimals));
}
