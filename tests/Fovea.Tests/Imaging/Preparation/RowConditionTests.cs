using Fovea.Core.Errors;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public class RowConditionTests
{
    [Theory]
    [InlineData("quality=good", "quality", true, "good")]
    [InlineData("quality!=good", "quality", false, "good")]
    [InlineData("quality=", "quality", true, "")]
    [InlineData("quality!=", "quality", false, "")]
    [InlineData("quality=good,usable", "quality", true, "good", "usable")]
    [InlineData(" quality != good , usable ", "quality", false, "good", "usable")]
    [InlineData("quality=good,", "quality", true, "good", "")]
    [InlineData("eye side=left", "eye side", true, "left")]
    [InlineData("a!b=c", "a!b", true, "c")]
    [InlineData("note=a=b", "note", true, "a=b")]
    [InlineData("who=\"Doe, J.\",K", "who", true, "Doe, J.", "K")]
    [InlineData("who=\"say \"\"a\"\"\"", "who", true, "say \"a\"")]
    public void Parse_Condition_GivesColumnAndValues(string text, string column, bool wanted, params string[] values)
    {
        var condition = RowCondition.Parse(text);
        Assert.Equal((column, wanted), (condition.Column, condition.Wanted));
        Assert.Equal(values, condition.Values);
        Assert.Equal(condition.Text, RowCondition.Parse(condition.Text).ToString());
    }

    [Theory]
    [InlineData("", "COLUMN=VALUE")]
    [InlineData("quality", "COLUMN=VALUE or COLUMN!=VALUE is needed")]
    [InlineData("=good", "COLUMN=VALUE")]
    [InlineData("!=good", "COLUMN=VALUE")]
    [InlineData(" = ", "COLUMN=VALUE")]
    [InlineData("quality==good", "COLUMN=VALUE")]
    [InlineData("quality!==good", "COLUMN=VALUE")]
    [InlineData("quality<2", "COLUMN=VALUE")]
    [InlineData("quality=\"good", "never closed")]
    [InlineData("quality=go\"od", "quote")]
    [InlineData("quality=good\nreject", "one line")]
    public void Parse_Malformed_SaysWhyInOneLine(string text, string message)
    {
        var failure = Assert.Throws<InputException>(() => RowCondition.Parse(text));
        Assert.StartsWith("where: '", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("q=a", "a", true)]
    [InlineData("q=a", "A", false)]
    [InlineData("q=a", "", false)]
    [InlineData("q!=a", "a", false)]
    [InlineData("q!=a", "", true)]
    [InlineData("q!=", "", false)]
    [InlineData("q!=", "a", true)]
    [InlineData("q=", "", true)]
    [InlineData("q=a,b", "b", true)]
    [InlineData("q!=a,b", "b", false)]
    [InlineData("q!=a,b", "c", true)]
    public void Holds_Cell_ComparesExactly(string condition, string cell, bool holds) =>
        Assert.Equal(holds, RowCondition.Parse(condition).Holds(cell));
}
