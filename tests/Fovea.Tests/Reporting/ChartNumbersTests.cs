using Fovea.Reporting.Charts;

namespace Fovea.Tests.Reporting;

/// <summary>Numbers in pictures, whose font need not have raised digits.</summary>
public sealed class ChartNumbersTests
{
    [Theory]
    [InlineData(1e-5, 1, "1e-5")]
    [InlineData(-1.25e-7, 3, "-1.25e-7")]
    [InlineData(2e12, 2, "2.0e12")]
    [InlineData(0.05, 2, "0.050")]
    [InlineData(0, 2, "0")]
    public void Text_HasPlainLettersAlone(double value, int digits, string text)
    {
        Assert.Equal(text, ChartNumbers.Text(value, digits));
        Assert.All(ChartNumbers.Text(value, digits), letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public void Plain_ReplacesPowersWithinAText() => Assert.Equal("(1.23 ± 0.04)e-15", ChartNumbers.Plain("(1.23 ± 0.04)×10⁻¹⁵"));
}
