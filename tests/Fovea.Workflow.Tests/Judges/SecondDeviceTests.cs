using Fovea.Judges.Features;
using Fovea.Judges.Provenance;
using Fovea.Tests.Torch;
using Fovea.Tests.Torch.Runtime;
using Fovea.Torch.Runtime;

namespace Fovea.Tests.Judges;

/// <summary>Features and grades of the judges on a device beside the CPU: no tensor is made elsewhere, and the numbers are the CPU's.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class SecondDeviceTests
{
    [Fact]
    public void FundusNet_OnASecondDevice_HasTheCpusFeatures() => AssertSame(compute => Features(FeatureNetworks.Open(FeatureNetworks.Shipped, 1, compute)));

    [Fact]
    public void Grader_OnASecondDevice_GivesTheCpusGrades() => AssertSame(compute =>
    {
        using var judge = NamedGrader.Open(ShippedJudges.Graders[0], side: 0, 1, compute);
        var grades = judge.Grader.Grade(Images(judge.Grader.Side), TestContext.Current.CancellationToken);
        return [.. grades.SelectMany(grade => new[] { grade.Good, (double)grade.Usable, grade.Reject })];
    });

    private static double[] Features(IFeatureNetwork network)
    {
        using (network) return [.. network.Extract(Images(network.Description.Side), TestContext.Current.CancellationToken).Select(value => (double)value)];
    }

    // A ramp with a disc, brighter from image to image.
    private static byte[][] Images(int side) =>
    [
        .. Enumerable.Range(0, 3).Select(image => Enumerable.Range(0, 3 * side * side).Select(at =>
        {
            var (x, y) = (at / 3 % side - (side / 2), at / 3 / side - (side / 2));
            return (byte)((x * x) + (y * y) < side * side / 5 ? 60 + (40 * image) + (30 * (at % 3)) + (60 * x / side) : 0);
        }).ToArray()),
    ];

    private static void AssertSame(Func<ComputeContext, double[]> measure)
    {
        var (cpu, second) = (measure(SecondDevice.Cpu), measure(SecondDevice.Compute));
        Assert.Equal(cpu.Length, second.Length);
        Assert.All(cpu.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * (1e-2 + Math.Abs(pair.First))));
    }
}
