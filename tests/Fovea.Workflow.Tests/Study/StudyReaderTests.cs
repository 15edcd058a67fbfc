using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Study.Definitions;

namespace Fovea.Tests.Study;

/// <summary>What a study's file says, and what it may not say.</summary>
public sealed class StudyReaderTests
{
    private const string Least = """
        name = "small"
        config = "demo"
        [[arms]]
        name = "a"
        [[arms]]
        name = "b"
        denoiser = "quantum"
        """;

    [Fact]
    public void FromToml_LeastStudy_HasDefaults()
    {
        var study = Read(Least);
        Assert.Equal(("small", "demo", ""), (study.Name, study.Config, study.Title));
        Assert.Equal([0], study.Seeds);
        Assert.Equal([TrainingSize.All], study.Sizes);
        Assert.Equal(
            [("a", BlockKind.Classical, BlockKind.Classical), ("b", BlockKind.Classical, BlockKind.Quantum)],
            study.Arms.Select(arm => (arm.Name, arm.Autoencoder, arm.Denoiser)));
        Assert.Equal([new StudyQuestion("b against a", "b", "a")], study.Questions);
        Assert.Equal(new StudySampling(500, 0, 16), study.Sampling);
        Assert.Equal(
            (Split.Val, "fundusnet", null, 40), (study.Judging.Split, study.Judging.Features.Single(), study.Judging.Grader, study.Judging.HalfSamples));
        Assert.Null(study.Noise);
        Assert.Null(study.Phantoms);
    }

    [Fact]
    public void FromToml_Sizes_AreAllNumbersAndShares() =>
        Assert.Equal(["all", "500", "10pct"], Read("sizes = [\"all\", 500, 0.1]\n" + Least).Sizes.Select(size => size.Name));

    [Fact]
    public void Read_EveryShippedStudy_HasConfigurationsForAllItsArms()
    {
        Assert.Equal(["study-circuits-64", "study-mixer-64", "study-paper-128", "study-paper-64", "study-smoke"], ShippedStudies.Names);
        foreach (var definition in ShippedStudies.Names.Select(name => ShippedStudies.Read(name).Definition))
            foreach (var arm in definition.Arms) Assert.Equal(7, Fovea.Study.Planning.StudyPlanner.ConfigOf(definition, arm, 7).Seed);
    }

    [Theory]
    [InlineData("seeds = [1, 1]\n", "", "seeds names 1 twice")]
    [InlineData("seeds = [-1]\n", "", "seeds = [-1] is not allowed")]
    [InlineData("sizes = [1.5]\n", "", "sizes holds 1.5")]
    [InlineData("sizes = [0]\n", "", "sizes holds 0")]
    [InlineData("sizes = [\"some\"]\n", "", "sizes holds some")]
    [InlineData("sizes = [\"all\", \"all\"]\n", "", "sizes names all twice")]
    [InlineData("sizes = []\n", "", "sizes is empty")]
    [InlineData("colour = 1\n", "", "unknown setting 'colour'")]
    [InlineData("", "[[arms]]\nname = \"a\"", "arms names a twice")]
    [InlineData("", "[[arms]]\nname = \"A b\"", "[[arms]] 3: name = \"A b\" is not allowed")]
    [InlineData("", "[[arms]]\nname = \"c\"\ndenoiser = \"quantm\"", "did you mean 'quantum'?")]
    [InlineData("", "[[arms]]\nname = \"c\"\nlayers = 2", "[[arms]] 3: unknown setting 'layers'")]
    [InlineData("", "[[arms]]\nname = \"c\"\nset = [\"quantum.denoiser=[\\\"middle\\\"]\"]", "classical and has no such places")]
    [InlineData("", "[[arms]]\nname = \"c\"\nset = [\"quantum.enabled=false\"]", "arm 'c': set quantum.enabled=false")]
    [InlineData("", "[[questions]]\narm = \"bb\"\nagainst = \"a\"", "'bb', which is no arm of this study; allowed: a, b; did you mean 'b'?")]
    [InlineData("", "[[questions]]\narm = \"a\"\nagainst = \"a\"", "is the arm itself")]
    [InlineData("", "[noise]\narms = [\"a\"]\nprofiles = [\"heavy-hex\"]", "names 'a', which has no circuits; allowed: b")]
    [InlineData("", "[[questions]]\narm = \"b\"\nagainst = \"a\"\n[[questions]]\narm = \"b\"\nagainst = \"a\"", "questions names b against a twice")]
    [InlineData("", "[judging]\nfeatures = [\"fundusnet\", \"fundusnet\"]", "judging.features names fundusnet twice")]
    [InlineData("", "[protocol]", "protocol.primary is missing")]
    [InlineData("", "[tuning]", "tuning.seeds is missing")]
    [InlineData("", "[noise]\narms = [\"c\"]\nprofiles = [\"heavy-hex\"]", "noise.arms names 'c'")]
    [InlineData("", "[noise]\narms = [\"b\"]\nprofiles = [\"heavy-hex\"]\nsize = 9", "noise.size = \"9\" is not allowed; allowed: all")]
    [InlineData("", "[noise]\narms = [\"b\"]\nprofiles = []", "noise.profiles is empty")]
    [InlineData("", "[sampling]\ngrid = 5", "sampling.grid = 5 is not allowed")]
    [InlineData("", "[sampling]\ncount = 5", "20 to")]
    [InlineData("", "[judging]\nsplit = \"vall\"", "did you mean 'val'?")]
    public void FromToml_BadStudy_IsOneLine(string before, string after, string told) => Refuse(before + Least + "\n" + after, told);

    [Fact]
    public void FromToml_WithoutNameArmsOrConfig_IsOneLine()
    {
        Refuse(Least.Replace("name = \"small\"\n", "", StringComparison.Ordinal), "name is missing");
        Refuse("config = \"demo\"", "at least one table [[arms]]");
        Refuse("name = \"small\"\n[[arms]]\nname = \"a\"", "config is missing");
        Refuse("arms = 3\nconfig = \"demo\"", "arms = 3 is not allowed");
        Refuse("config = ", "not valid TOML");
    }

    private static StudyDefinition Read(string toml) => StudyReader.FromToml(toml, "small.toml");

    private static void Refuse(string toml, string told)
    {
        var failure = Assert.Throws<InputException>(() => Read(toml));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
