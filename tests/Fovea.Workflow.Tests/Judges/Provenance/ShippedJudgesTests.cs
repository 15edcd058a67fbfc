using Fovea.Judges.Features.Fundus;
using Fovea.Judges.Grading;
using Fovea.Judges.Provenance;
using Fovea.Torch.Safetensors;
using static TorchSharp.torch;

namespace Fovea.Tests.Judges.Provenance;

public sealed class ShippedJudgesTests
{
    private const int MostBytes = 3_000_000;

    [Theory]
    [InlineData(32, 64)]
    [InlineData(64, 64)]
    [InlineData(100, 64)]
    [InlineData(128, 128)]
    [InlineData(512, 128)]
    public void Grader_SideOfTheImages_ChoosesTheLargestThatFits(int side, int shipped)
    {
        var path = ShippedJudges.Grader(side)!;
        Assert.Equal(ShippedJudges.GraderNamed($"grader-{shipped}"), path);
        AssertSmallAndHalf(path);
        using var grader = GraderFile.Load(path);
        Assert.Equal((shipped, true), (grader.Metadata.Judge.Side, grader.Metadata.Judge.IsFinished));
        Assert.Equal(88, grader.Metadata.Confusion!.Total);
        Assert.Equal(667, grader.Metadata.Traces!.Images);
        Assert.InRange(grader.Metadata.Traces.Patients, 100, 667);
        var verdict = Assert.Single(grader.Grade([new byte[3 * shipped * shipped]], TestContext.Current.CancellationToken));
        Assert.False(verdict.IsGradable, "a black picture is no fundus");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Grader_GrainInTheColoursOfARetina_IsRejected(int side)
    {
        using var grader = GraderFile.Load(ShippedJudges.Grader(side)!);
        var random = new Random(side);
        byte[][] pictures = [.. Enumerable.Range(0, 40).Select(k => Grain(side, 1 << (k % 4), random))];
        var gradable = grader.Grade(pictures, TestContext.Current.CancellationToken).Count(verdict => verdict.IsGradable);
        Assert.True(gradable <= 2, $"{gradable} of 40 pictures of grain pass for a fundus");
    }

    [Fact]
    public void FundusNet_GivesFiniteFeatures()
    {
        AssertSmallAndHalf(ShippedJudges.FundusNet);
        using var net = FundusNet.Load(ShippedJudges.FundusNet);
        Assert.Equal(
            ("FundusNet", 256, 128, "FD(FundusNet)"),
            (net.Description.Name, net.Description.Dimensions, net.Description.Side, net.Description.FrechetName));
        Assert.True(net.Training.Judge is { IsFinished: true, Traces.Images: > 6000 });
        var random = new byte[3 * 128 * 128];
        new Random(1).NextBytes(random);
        var features = net.Extract([random, new byte[3 * 128 * 128], random], TestContext.Current.CancellationToken);
        Assert.Equal(3 * 256, features.Length);
        Assert.All(features, value => Assert.True(float.IsFinite(value)));
        Assert.NotEqual(features[..256], features[256..512]);
    }

    [Fact]
    public void GraderNamed_Stranger_IsNone() => Assert.Null(ShippedJudges.GraderNamed("../grader-64"));

    /// <summary>What a generator draws that has learnt the colours and nothing else: squares of one colour each.</summary>
    private static byte[] Grain(int side, int square, Random random)
    {
        var light = Enumerable.Range(0, side / square * (side / square)).Select(_ => random.NextDouble()).ToArray();
        double[] colour = [230, 120, 60];
        return
        [
            .. from y in Enumerable.Range(0, side)
               from x in Enumerable.Range(0, side)
               from tone in colour
               select (byte)(tone * light[(y / square * (side / square)) + (x / square)]),
        ];
    }

    private static void AssertSmallAndHalf(string path)
    {
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
        Assert.All(SafetensorsFile.LoadHeader(path).Entries, entry => Assert.Equal(ScalarType.Float16, entry.Type));
    }
}
