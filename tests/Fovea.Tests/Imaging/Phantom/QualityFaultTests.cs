using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

public class QualityFaultTests
{
    private const int Size = 128;

    public static TheoryData<ulong> Seeds => [1, 2, 3];

    private static byte[] Render(ulong seed, QualityFault fault, float severity) => PhantomRenderer.Render(Healthy.Sample(seed, 1) with
    {
        Quality = fault == QualityFault.None ? ImageQuality.Good : ImageQuality.Reject,
        Fault = fault,
        FaultSeverity = severity,
    }, Size);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Render_Defocus_LosesGradientEnergy(ulong seed)
    {
        var energies = new[] { 0f, 0.4f, 0.9f }.Select(s => Pixels.GradientEnergy(Render(seed, QualityFault.Defocus, s), Size)).ToArray();

        Assert.True(energies[1] < 0.6 * energies[0], $"{energies[1]:F1} of {energies[0]:F1}");
        Assert.True(energies[2] < 0.25 * energies[0], $"{energies[2]:F1} of {energies[0]:F1}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Render_DarkAndBright_ChangeTheMean(ulong seed)
    {
        var good = Pixels.Mean(Render(seed, QualityFault.None, 0));

        Assert.True(Pixels.Mean(Render(seed, QualityFault.Dark, 0.9f)) < 0.4 * good);
        Assert.True(Pixels.Mean(Render(seed, QualityFault.Bright, 0.9f)) > 1.3 * good);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Render_Haze_LosesContrast(ulong seed)
    {
        var good = Pixels.Deviation(Render(seed, QualityFault.None, 0), Size);

        Assert.True(Pixels.Deviation(Render(seed, QualityFault.Haze, 0.9f), Size) < 0.5 * good);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Render_Shadow_DarkensAPart(ulong seed)
    {
        var good = Pixels.DarkPart(Render(seed, QualityFault.None, 0), Size, 30);
        var shaded = Pixels.DarkPart(Render(seed, QualityFault.Shadow, 0.9f), Size, 30);

        Assert.InRange(good, 0, 0.02);
        Assert.InRange(shaded, 0.2, 0.9);
    }

    [Fact]
    public void Sample_TruncatedPicture_LacksAPartOfTheField()
    {
        var truncated = Enumerable.Range(0, 4000).Select(i => PhantomParameters.Sample(5, i))
            .First(p => p is { Fault: QualityFault.Truncation, Quality: ImageQuality.Reject });

        Assert.InRange(Pixels.DarkPart(PhantomRenderer.Render(truncated, Size), Size, 1), 0.25, 0.8);
    }

    [Fact]
    public void Apply_Impulse_KeepsSumAndHasTheVariance()
    {
        const float sigma = 3.2f;
        var planes = new ColourPlanes(61);
        planes.Red[30 * 61 + 30] = 1;

        GaussianBlur.Apply(planes, sigma);

        var (sum, variance) = (0.0, 0.0);
        for (var i = 0; i < planes.Red.Length; i++)
        {
            sum += planes.Red[i];
            variance += planes.Red[i] * (i % 61 - 30) * (i % 61 - 30);
        }

        Assert.Equal(1, sum, 4);
        // The fractional ends of a box of 6.5 samples add 5 % of variance.
        Assert.InRange(variance / (sigma * sigma), 0.98, 1.07);
    }
}
