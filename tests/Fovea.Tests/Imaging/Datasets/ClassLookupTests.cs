using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public sealed class ClassLookupTests
{
    private static readonly string[] s_grades = ["1", "3", "4"];
    private static readonly string[] s_words = ["mild", "none", "severe"];

    [Theory]
    [InlineData("mild", 0, false)]
    [InlineData("SEVERE", 2, false)]
    [InlineData(" none ", 1, false)]
    [InlineData("2", 2, true)]
    [InlineData("#1", 1, true)]
    public void Choose_Words_ByNameOrPlace(string given, int label, bool isPlace) =>
        Assert.Equal((label, isPlace), ClassLookup.Choose("Class", given, s_words));

    [Theory]
    [InlineData("1", 0)]
    [InlineData("03", 1)]
    [InlineData("#2", 2)]
    public void Choose_Grades_ByNameOrMarkedPlace(string given, int label) => Assert.Equal(label, ClassLookup.Choose("Class", given, s_grades).Label);

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("#3")]
    [InlineData("")]
    [InlineData("-1")]
    public void Choose_NumberThatIsNoGrade_ListsTheGrades(string given) =>
        Assert.Equal(
            $"Class {(given.Length == 0 ? "''" : given)} does not exist; allowed: 1, 3, 4",
            Assert.Throws<InputException>(() => ClassLookup.Choose("Class", given, s_grades)).Message);

    [Theory]
    [InlineData("grade 1", "grade 3")]
    [InlineData("DR0", "DR2")]
    [InlineData("II", "III")]
    [InlineData("stage I", "unknown")]
    public void Choose_NumberWhereNamesHoldNumbers_IsNoPlace(params string[] names) =>
        Assert.Throws<InputException>(() => ClassLookup.Choose("Class", "1", names));

    [Fact]
    public void Choose_NamesThatDifferInCase_TakesTheOneWrittenAlikeAndNoOther()
    {
        string[] names = ["Normal", "mild", "normal"];
        Assert.Equal(0, ClassLookup.Choose("Class", "Normal", names).Label);
        Assert.Equal(2, ClassLookup.Choose("Class", "normal", names).Label);
        Assert.Equal(1, ClassLookup.Choose("Class", "Mild", names).Label);
        Assert.Equal(
            "Class NORMAL may mean 'Normal' (#0) or 'normal' (#2); write the name exactly, or # and the number",
            Assert.Throws<InputException>(() => ClassLookup.Choose("Class", "NORMAL", names)).Message);
        Assert.Null(ClassLookup.Find(names, "NORMAL"));
    }

    [Fact]
    public void Choose_ComposedAndDecomposed_IsTheSame() =>
        Assert.Equal(1, ClassLookup.Choose("Class", "SE\u0301VE\u0300RE", ["rest", "s\u00E9v\u00E8re"]).Label);

    [Fact]
    public void Choose_NameWithLineEnd_IsToldInOneLine() =>
        Assert.DoesNotContain('\n', Assert.Throws<InputException>(() => ClassLookup.Choose("Class", "x\ny", ["a\nb", "c"])).Message);
}
