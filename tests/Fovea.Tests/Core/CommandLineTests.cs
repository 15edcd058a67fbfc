using Fovea.Core;

namespace Fovea.Tests.Core;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("runs/first", "runs/first")]
    [InlineData("a=1e-3", "a=1e-3")]
    [InlineData("", "''")]
    [InlineData("my run", "'my run'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm)", "'$(rm)'")]
    [InlineData("[1, 2]", "'[1, 2]'")]
    public void Word_Text_IsOneWordToTheShell(string text, string word) => Assert.Equal(word, CommandLine.Word(text));

    [Fact]
    public void Text_Arguments_IsTheProgramsLine() => Assert.Equal("fovea sample 'my run' --count 8", CommandLine.Text(["sample", "my run", "--count", "8"]));
}
