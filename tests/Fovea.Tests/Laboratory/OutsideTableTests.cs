using Fovea.Laboratory.Diagnostics;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory;

/// <summary>
/// Figures of another program at n = 12, L = 3, inputs in RX, 40 draws: mean squared derivative over all pairs, Q with encoding, share of dead
/// parameters. Its two seeds agree to within 30 %.
/// </summary>
public sealed class OutsideTableTests
{
    private const double GradientTolerance = 0.35;

    // Two digits were given, and 64 draws leave about 0.01.
    private const double EntanglementTolerance = 0.03;

    [Theory]
    [InlineData("hqconv", 3.3e-3, 0.81, 0)]
    [InlineData("fqconv", 6.6e-3, 0.60, 0)]
    [InlineData("basic-entangler", 1.6e-4, 1.00, 0)]
    [InlineData("simplified-two-design", 6.4e-3, 0.86, 0)]
    [InlineData("strongly-entangling", 1.3e-4, 1.00, 12)]
    [InlineData("r1", 2.3e-3, 0.94, 12)]
    [InlineData("r2", 2.5e-3, 0.94, 12)]
    [InlineData("r3", 5.7e-3, 0.80, 12)]
    [InlineData("r4", 2.8e-4, 0.97, 12)]
    [InlineData("r5", 6.5e-3, 0.75, 0)]
    [InlineData("r6", 7.4e-3, 0.74, 12)]
    [InlineData("r7", 8.5e-3, 0.77, 12)]
    [InlineData("r8", 1.4e-2, 0.40, 12)]
    [InlineData("rz-chain", 0, 0.85, 36)]
    public void TwelveQubits_ThreeLayers_AgreeWithTheTable(string name, double gradient, double meyerWallach, int dead)
    {
        var (measured, q, deadFound) = Measure(name);
        Assert.Equal(gradient, measured.Variance().AllPairs.Value, GradientTolerance * gradient);
        Assert.Equal(meyerWallach, q, EntanglementTolerance);
        Assert.Equal(dead, deadFound);
    }

    [Fact]
    public void HqconvPublished_MeanOverTheParametersInUse_AgreesWithTheTable()
    {
        var (measured, q, dead) = Measure("hqconv-published");
        // The table leaves the 72 parameters that no gate takes out of the mean.
        Assert.Equal(5.2e-3, measured.Variance().AllPairs.Value * 84 / 12, GradientTolerance * 5.2e-3);
        Assert.Equal(0.11, q, EntanglementTolerance);
        Assert.Equal(72, dead);
    }

    private static (GradientStudy Gradients, double Q, int Dead) Measure(string name)
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Resolve(name), 12, 3, InputEncoding.X);
        var gradients = GradientStudy.Measure(subject.WithEncoding(), 1, new(80, 80, 0), TestContext.Current.CancellationToken);
        var entanglement = EntanglementStudy.Measure(subject, 1, new(64, 64, 0), TestContext.Current.CancellationToken);
        return (
            gradients,
            entanglement.MeyerWallachEncoded.Value,
            Enumerable.Range(0, subject.WithEncoding().WeightCount).Count(k => !gradients.ParameterIsLive(k)));
    }
}
