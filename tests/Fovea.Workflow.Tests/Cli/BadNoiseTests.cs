namespace Fovea.Tests.Cli;

/// <summary>Options of devices and noise that break a rule.</summary>
public sealed class BadNoiseTests
{
    [Theory]
    [InlineData("sample x --out y --shots 0", "shots = 0", "1 to 10000000")]
    [InlineData("sample x --out y --noise heavy-hex --shots -1", "shots = -1")]
    [InlineData("sample x --out y --noise nothere", "device profile 'nothere' is not known", "heavy-hex, square-lattice, trapped-ion")]
    [InlineData("sample x --out y --noise heavy-hx", "did you mean 'heavy-hex'?")]
    [InlineData("sample x --out y --noise nothere.toml", "nothere.toml")]
    [InlineData("sample x --out y --noise heavy-hex --noise-scale -1", "noise scale -1", "0 to 1000")]
    [InlineData("sample x --out y --noise-scale 2", "--noise PROFILE")]
    [InlineData("sample x --out y --mitigate zne", "--noise PROFILE")]
    [InlineData("sample x --out y --noise heavy-hex --mitigate znee", "--mitigate znee", "did you mean 'zne'?")]
    [InlineData("sample x --out y --noise heavy-hex", "x: no such run folder")]
    [InlineData("noise", "RUN is missing")]
    [InlineData("noise x", "--out is missing")]
    [InlineData("noise x --out y", "x: no such run folder")]
    [InlineData("noise x --out y --scales 1,a", "--scales: 'a' is not a number")]
    [InlineData("noise x --out y --scales 1,1", "names a factor twice")]
    [InlineData("noise x --out y --scales 2000", "--scales 2000", "0 to 1000")]
    [InlineData("noise x --out y --scales ,", "--scales", "0 to 1000")]
    [InlineData("noise x --out y --profiles ,", "--profiles is empty")]
    [InlineData("noise x --out y --profiles trapped-iom", "did you mean 'trapped-ion'?")]
    [InlineData("noise x --out y --profiles heavy-hex,heavy-hex", "heavy-hex is named twice")]
    [InlineData("noise x --out y --count 0", "--count 0")]
    [InlineData("noise x --out y --shots many", "--shots many")]
    public void Run_BadNoise_OneLineAndExitCodeTwo(string line, params string[] words)
    {
        FoveaCommand.Run(line.Split(' ')).AssertBadInput(words);
        Assert.False(Path.Exists("y"));
    }
}
