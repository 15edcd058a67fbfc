using Fovea.Core.Errors;

namespace Fovea.Tests.Core.Errors;

public sealed class InputExceptionTests
{
    [Fact]
    public void MessageWith_Names_AreTheReaders()
    {
        var failure = new InputException(
            $"{new NamedInput("Count")} and {new NamedInput("MaskGuidance")} cannot be {1.5} "
                + $"with Count, see {new NamedInput("Out")}");
        Assert.Equal("Count and MaskGuidance cannot be 1.5 with Count, see Out", failure.Message);
        Assert.Equal("<Count> and <MaskGuidance> cannot be 1.5 with Count, see <Out>", failure.MessageWith(name => $"<{name}>"));
    }

    [Fact]
    public void NotAllowed_NamesInputValueAndRule() => Assert.Equal(
        "--count 0 is not allowed; allowed: 1 to 9", InputException.NotAllowed("Count", 0, "1 to 9").MessageWith(name => "--" + name.ToLowerInvariant()));

    [Fact]
    public void MessageWith_PlainText_IsTheMessage() => Assert.Equal("Count", new InputException("Count").MessageWith(_ => "no"));
}
