namespace Fovea.Tests.Cli;

/// <summary>The program with circuits on noisy devices.</summary>
public sealed partial class RunTests
{
    [Fact]
    public void Sample_Noise_TellsWhatTheDeviceAdds()
    {
        var (ideal, noisy) = (pair.New("ideal"), pair.New("noisy"));
        FoveaCommand.Run("sample", pair.Run, "--count", "2", "--out", ideal).AssertSuccess();
        var result = FoveaCommand.Run(
            "sample", pair.Run, "--count", "2", "--out", noisy, "--noise", "heavy-hex", "--noise-scale", "20", "--shots", "50", "--mitigate", "zne");
        result.AssertSuccess();
        Assert.Contains("Compiled to heavy-hex", (result.Output + result.Error).ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(ideal, "000001.png")), File.ReadAllBytes(Path.Combine(noisy, "000001.png")));
    }

    [Fact]
    public void Noise_TrainedPair_WritesItsTableAndContinues()
    {
        var output = pair.New("sweep");
        string[] noise = ["noise", pair.Run, "--profiles", "trapped-ion", "--scales", "0,20", "--count", "2", "--out", output];
        for (var time = 0; time < 2; time++)
        {
            var result = FoveaCommand.Run(noise);
            result.AssertSuccess();
            Assert.Contains("trapped-ion-x20", result.Output, StringComparison.Ordinal);
            Assert.Contains($"2 levels: {output}", result.Output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(output, "noise.png")));
        FoveaCommand.Run([.. noise, "--seed", "3"]).AssertBadInput(output, "another noise sweep");
        FoveaCommand.Run("noise", pair.Run, "--shots", "0", "--out", pair.New("none")).AssertBadInput("shots = 0", "1 to 10000000");
    }
}
