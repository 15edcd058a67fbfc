using Fovea.Core.Errors;

namespace Fovea.Tests.Core.Errors;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("--coumt", "--count --out --seed", "--count")]
    [InlineData("--step", "--steps --size", "--steps")]
    [InlineData("heavy-hx", "heavy-hex square-lattice", "heavy-hex")]
    [InlineData("se", "sel std", "sel")]
    [InlineData("trialing", "leading trailing", "trailing")]
    [InlineData("--init-image", "--mitigate --seed --count --sampler", null)]
    [InlineData("--strength", "--steps --shots", null)]
    [InlineData("--noise-level", "--noise --noise-scale", null)]
    [InlineData("cz", "cx cy", null)]
    [InlineData("cx-ring", "crx-wheel cz-ring", null)]
    [InlineData("denoiser.training.lr", "denoiser.training.steps denoiser.training.batch denoiser.training.learning_rate", null)]
    [InlineData("RQ", "RX RY RZ", null)]
    public void Find_Name_IsNearOrNone(string name, string candidates, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, candidates.Split(' ')));

    [Fact]
    public void Find_TwoNearCandidates_IsTheNearer() => Assert.Equal("rotation", NearestName.Find("rotatoin", ["rotations", "rotation"]));

    [Fact]
    public void Hint_Name_IsASentencesEndOrNothing()
    {
        Assert.Equal("; did you mean 'steps'?", NearestName.Hint("setps", ["steps", "seed"]));
        Assert.Equal("", NearestName.Hint("threads", ["steps", "seed"]));
    }
}
