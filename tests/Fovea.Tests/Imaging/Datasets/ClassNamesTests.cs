using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public class ClassNamesTests
{
    [Theory]
    [InlineData("Normal", "normal")]
    [InlineData(" mild\u00A0", "Mild")]
    [InlineData("\uFEFFmild", "mild")]
    [InlineData("no  DR", "No\u00A0DR")]
    [InlineData("Moyenne a\u0300 se\u0301ve\u0300re", "moyenne à sévère")]
    [InlineData("Ve\u0302\u0301t", "v\u1EBFt")]
    [InlineData("\u304B\u3099", "\u304C")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("1", "1.0")]
    [InlineData("01", "1.000")]
    [InlineData("-0", "0")]
    [InlineData("+2.50", "2.5")]
    [InlineData("00123456789012345678901234567890", "123456789012345678901234567890")]
    public void Same_SpellingsOfOneName_AreOne(string a, string b)
    {
        Assert.True(ClassNames.Same(a, b));
        Assert.Equal(NameComparer.Instance.GetHashCode(a), NameComparer.Instance.GetHashCode(b));
    }

    [Theory]
    [InlineData("mild", "mild NPDR")]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("1.0", "1.01")]
    [InlineData("e", "é")]
    [InlineData("", "0")]
    public void Same_OtherNames_AreNot(string a, string b) => Assert.False(ClassNames.Same(a, b));

    [Theory]
    [InlineData("  se\u0301ve\u0300re ", "sévère")]
    [InlineData("Grade A", "Grade A")]
    public void Normalise_Name_IsComposedAndTrimmed(string name, string form) => Assert.Equal(form, ClassNames.Normalise(name));

    [Theory]
    [InlineData("normal", 2)]
    [InlineData("Normal", 0)]
    [InlineData("NORMAL", 0)]
    [InlineData("Mild", 1)]
    [InlineData("1", -1)]
    public void IndexOf_Name_PrefersItsSpelling(string name, int index) => Assert.Equal(index, ClassNames.IndexOf(["Normal", "mild", "normal"], name));

    [Fact]
    public void Of_Labels_AreOrderedAsNumbersWhenAllAre()
    {
        Assert.Equal(["0.0", "2.0", "10.0"], ClassNames.Collect(["10.0", null, "2.0", "", "0.0", "2.0"]));
        Assert.Equal(["10", "2", "x"], ClassNames.Collect(["x", "10", "2"]));
    }

    [Fact]
    public void Clash_SpellingsOfOneClass_AreCounted()
    {
        Assert.Null(ClassNames.Clash(["Normal", null, "", "mild", "Normal"]));
        Assert.Contains("'Normal' (2), 'normal' (1)", ClassNames.Clash(["normal", "Normal", "mild", "Normal"]), StringComparison.Ordinal);
        Assert.Contains("'1' (1), '1.0' (1)", ClassNames.Clash(["1.0", "1", "2"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" NA ", true)]
    [InlineData("n/a", true)]
    [InlineData("NaN", true)]
    [InlineData("nan", true)]
    [InlineData("None", true)]
    [InlineData("null", true)]
    [InlineData("-", true)]
    [InlineData("?", true)]
    [InlineData("0", false)]
    [InlineData("Nana", false)]
    [InlineData("-1", false)]
    public void IsUnknown_Cell_IsToldFromNames(string cell, bool unknown) => Assert.Equal(unknown, NameComparer.IsUnknown(cell));
}
