using Fovea.Core.Errors;

namespace Fovea.Tests.Core.Errors;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("plain name", "plain name")]
    [InlineData("a\nb\tc\u001b[31m", "a?b?c?[31m")]
    [InlineData("a\u2028b\u2029c", "a?b?c")]
    [InlineData("left\u202Eright\u200B", "left?right?")]
    [InlineData("é \u4E2D", "é \u4E2D")]
    public void Of_HiddenCharacters_AreSeen(string text, string expected) => Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void Of_LongText_IsCutBetweenCharacters()
    {
        Assert.Equal("abc", PrintableText.Of("abc", 3));
        Assert.Equal("abc…", PrintableText.Of("abcd", 3));
        Assert.Equal("ab…", PrintableText.Of("ab\U0001F441d", 3));
        Assert.Equal("ab\U0001F441…", PrintableText.Of("ab\U0001F441d", 4));
    }
}
