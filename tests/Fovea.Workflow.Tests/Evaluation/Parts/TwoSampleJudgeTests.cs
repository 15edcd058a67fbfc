using Fovea.Evaluation.Parts;
using Fovea.Evaluation.Results;
using Fovea.Imaging.Phantom;
using Fovea.Judges.Images;

namespace Fovea.Tests.Evaluation.Parts;

public sealed class TwoSampleJudgeTests
{
    private const int Side = 32;
    private static readonly Lazy<byte[][]> s_phantoms = new(
        () => [.. Enumerable.Range(0, 160).AsParallel().AsOrdered().Select(k => PhantomRenderer.Render(PhantomParameters.Sample(21, k), Side))]);

    // The same persons' images, once as they are and once with a fault that the eye hardly sees.
    [Theory]
    [InlineData("blur")]
    [InlineData("corner")]
    [InlineData("blocks")]
    public void Judge_PlantedFault_IsToldApart(string fault)
    {
        var judgement = Judge([.. s_phantoms.Value[..80].Select(image => Plant(fault, image))], s_phantoms.Value[80..], steps: 50);
        Assert.True(judgement.Generated.Value > 0.9, $"{fault}: {judgement.Generated}");
        Assert.True(judgement.Generated.PValue < 1e-9);
        Assert.True(judgement.Real!.PValue > 0.001, $"{judgement.Real}");
        // The pictures show the surest first.
        Assert.Equal(judgement.GeneratedOdds.Max(), judgement.GeneratedOdds[judgement.Asked.ToList().IndexOf(judgement.SurestFirst.First())]);
    }

    [Fact]
    public void Judge_HalvesOfTheSamePhantoms_AreGuessed()
    {
        var judgement = Judge(s_phantoms.Value[..80], s_phantoms.Value[80..], steps: 30);
        // One in a thousand seeds would fail.
        Assert.True(judgement.Generated.PValue > 0.001 && judgement.Generated.Value < 0.7, $"{judgement.Generated}");
        Assert.Equal((80, 40), (judgement.Generated.Total, judgement.Real!.Total));
        // Other names and another order change nothing: all goes by content and seed.
        var again = Judge([.. s_phantoms.Value[..80].Reverse()], [.. s_phantoms.Value[80..].Reverse()], steps: 30);
        Assert.Equal(judgement.GeneratedOdds, again.GeneratedOdds);
        Assert.Equal(judgement.Real, again.Real);
    }

    // Images of a person that come in pairs would be known from the other half.
    [Fact]
    public void Deal_KeepsAPersonsImagesTogether()
    {
        var names = new string[60];
        var set = new ImageSet("", "", Side, s_phantoms.Value[..60], names, names, [], []) { Persons = [.. names.Select((_, k) => k / 3 * 3)] };
        var parts = PersonParts.Deal(set, 4, 5);
        Assert.All(parts, part => Assert.Equal(15, part.Length));
        Assert.Equal(Enumerable.Range(0, 60), parts.SelectMany(part => part).Order());
        Assert.All(parts, part => Assert.All(part.GroupBy(k => k / 3), person => Assert.Equal(3, person.Count())));
        Assert.NotEqual(parts[0], PersonParts.Deal(set, 4, 6)[0]);
    }

    [Fact]
    public void Judge_TooFewImagesOrNoSteps_SaysWhy()
    {
        (TwoSampleJudgement? Judgement, string? Reason) With(byte[][] real, int steps) => new TwoSampleJudge(steps, 1, null, null, CancellationToken.None)
            .Judge(Set(s_phantoms.Value[..40]), Set(real));
        Assert.Equal((null, "the steps of the two-sample test are 0"), With(s_phantoms.Value[80..], 0));
        Assert.Equal(
            (null, "halves that share no person have 10 generated and 4 real images of different persons; 5 of each are needed"),
            With(s_phantoms.Value[80..98], 3));
        Assert.Null(With(s_phantoms.Value[80..110], 1).Judgement!.Real);
    }

    private static TwoSampleJudgement Judge(byte[][] generated, byte[][] real, int steps) =>
        new TwoSampleJudge(steps, 1, null, null, TestContext.Current.CancellationToken).Judge(Set(generated), Set(real)).Judgement!;

    // Phantoms come as both eyes of a person: in two halves, the one would tell of the other.
    private static ImageSet Set(byte[][] images) =>
        new("test", "all", Side, images, [.. images.Select((_, k) => $"{k}.png")], new string?[images.Length], [], [])
        {
            Persons = [.. images.Select((_, k) => k / 2 * 2)],
        };

    private static byte[] Plant(string fault, byte[] image) => fault switch
    {
        "blur" => Each(image, (x, y, c) => Enumerable.Range(0, 9).Sum(k => At(image, x + (k % 3) - 1, y + (k / 3) - 1, c)) / 9),
        "blocks" => Each(image, (x, y, c) => At(image, x, y, c) + ((x / 4 + y / 4) % 2 == 0 ? 8 : -8)),
        _ => Each(image, (x, y, c) => x < 3 && y < 3 ? 90 : At(image, x, y, c)),
    };

    private static int At(byte[] image, int x, int y, int c) => image[(((Math.Clamp(y, 0, Side - 1) * Side) + Math.Clamp(x, 0, Side - 1)) * 3) + c];

    private static byte[] Each(byte[] image, Func<int, int, int, int> of) =>
        [.. Enumerable.Range(0, image.Length).Select(k => (byte)Math.Clamp(of(k / 3 % Side, k / 3 / Side, k % 3), 0, 255))];
}
