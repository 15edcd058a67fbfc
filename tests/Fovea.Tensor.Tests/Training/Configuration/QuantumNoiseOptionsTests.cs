using Fovea.Core.Errors;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Training.Configuration;

public sealed class QuantumNoiseOptionsTests
{
    [Theory]
    [InlineData(0, 1, 1, "0 1 2 3 4 5 6 7 8 9")]
    [InlineData(0.5, 1, 1, "5 6 7 8 9")]
    [InlineData(0, 0.5, 1, "0 1 2 3 4")]
    [InlineData(0.25, 0.75, 1, "3 4 5 6 7")]
    [InlineData(0, 1, 3, "0 3 6 9")]
    [InlineData(0.4, 0.9, 3, "6")]
    [InlineData(0.1, 0.2, 1, "1")]
    [InlineData(0.95, 1, 1, "")]
    [InlineData(0.1, 1, 1000, "")]
    public void IsOnAt_OfTenSteps_IsTheSchedule(double start, double stop, int every, string steps)
    {
        var noise = new QuantumNoiseOptions { Profile = "heavy-hex", Start = start, Stop = stop, Every = every };
        Assert.Equal(steps, string.Join(' ', Enumerable.Range(0, 10).Where(step => noise.IsOnAt(step, 10))));
        Assert.DoesNotContain(Enumerable.Range(0, 10), step => (noise with { Profile = null }).IsOnAt(step, 10));
    }

    [Fact]
    public void FromToml_WithoutTheSection_IsOff()
    {
        var noise = RunConfigReader.FromToml("", "my.toml").Noise;
        Assert.Equal(new QuantumNoiseOptions { Profile = null, Scale = 1, Start = 0, Stop = 1, Every = 1 }, noise);
        Assert.False(noise.IsOnAt(0, 10));
    }

    [Fact]
    public void FromToml_Section_IsRead()
    {
        const string Toml = "[quantum.noise]\nprofile = \"trapped-ion\"\nscale = 2.5\nstart = 0.25\nstop = 0.75\nevery = 4";
        var config = RunConfigReader.FromToml(Toml, "my.toml");
        Assert.Equal(new QuantumNoiseOptions { Profile = "trapped-ion", Scale = 2.5, Start = 0.25, Stop = 0.75, Every = 4 }, config.Noise);
        Assert.Equal(config.Noise, RunConfigReader.FromToml(config.ToToml(), "again.toml").Noise);
    }

    [Theory]
    [InlineData("profile", "\"heavy-hex\"")]
    [InlineData("scale", "2")]
    [InlineData("start", "0.5")]
    [InlineData("stop", "0.5")]
    [InlineData("every", "2")]
    public void DifferenceFrom_OtherNoise_NamesIt(string key, string value) => Assert.StartsWith(
        $"quantum.noise.{key} = ", TinyRun.Config($"quantum.noise.{key}={value}").DifferenceFrom(TinyRun.Config()), StringComparison.Ordinal);

    [Theory]
    [InlineData("scale=-1", "quantum.noise.scale = -1 is not allowed", "a number from 0 to 1000")]
    [InlineData("scale=1001", "quantum.noise.scale = 1001 is not allowed")]
    [InlineData("scale=nan", "quantum.noise.scale = ", "is not allowed")]
    [InlineData("start=1.5", "quantum.noise.start = 1.5 is not allowed", "a number from 0 to 1")]
    [InlineData("stop=0", "quantum.noise.stop = 0 is not above quantum.noise.start = 0")]
    [InlineData("start=1", "quantum.noise.stop = 1 is not above quantum.noise.start = 1")]
    [InlineData("every=0", "quantum.noise.every = 0 is not allowed", "a whole number from 1")]
    [InlineData("profile=3", "quantum.noise.profile = 3 is not allowed", "a string")]
    [InlineData(
        "shots=3",
        "unknown setting 'quantum.noise.shots'",
        "quantum.noise.profile, quantum.noise.scale, quantum.noise.start, quantum.noise.stop, quantum.noise.every")]
    [InlineData("scael=3", "unknown setting 'quantum.noise.scael'", "did you mean 'quantum.noise.scale'?")]
    public void FromToml_BrokenRule_IsOneLineWithKeyAndAllowedValues(string setting, params string[] parts)
    {
        var failure = Assert.Throws<InputException>(() => RunConfigReader.FromToml("", "my.toml", ["quantum.noise." + setting]));
        Assert.StartsWith("my.toml: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }
}
