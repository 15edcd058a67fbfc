using Fovea.Cli.Terminal;
using Fovea.Core;

namespace Fovea.Tests.Cli;

/// <summary>What stands beside a bar at widths of a terminal.</summary>
public sealed class ProgressFiguresTests
{
    private static readonly ProgressFigures Figures = new(
        "12000/40000", "3.12", "steps", "2:29:34 left", ["loss 0.0412", "gradient_norm 0.342", "circuit_gradient_norm 0.0007"]);

    [Theory]
    [InlineData(120, "12000/40000  3.12 steps/s  2:29:34 left  loss 0.0412  gradient_norm 0.342  circuit_gradient_norm 0.0007")]
    [InlineData(57, "12000/40000  3.12 steps/s  2:29:34 left  loss 0.0412")]
    [InlineData(49, "12000/40000  3.12/s  2:29:34 left  loss 0.0412")] // 80 columns beside "encoding latents" and a narrow bar
    [InlineData(35, "3.12/s  2:29:34 left  loss 0.0412")]
    [InlineData(25, "2:29:34 left  loss 0.0412")]
    [InlineData(12, "loss 0.0412")]
    public void Fit_Room_KeepsLossAndTimeLeftAndRateFirst(int room, string expected) => Assert.Equal(expected, Figures.Fit(room));

    [Fact]
    public void Figures_FirstReport_HasNeitherRateNorTimeLeft() =>
        Assert.Equal("0/10", new RateMeter(0).Figures(new ProgressUpdate("denoiser", 0, 10, "steps")).Fit(80));
}
