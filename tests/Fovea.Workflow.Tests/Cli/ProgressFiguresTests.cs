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
        Assert.Equal("0/10", new RateMeter().Figures(new ProgressUpdate("denoiser", 0, 10, "steps")).Fit(80));

    // Features of photographs and then of images have one name; so have the classes that are drawn one after the other.
    [Fact]
    public void Describe_TaskThatBeginsAgain_MeasuresTheNewPartAlone()
    {
        var clock = new Clock();
        var meter = new RateMeter(clock);
        string At(int second, long done, long total)
        {
            clock.Seconds = second;
            return meter.Describe(new ProgressUpdate("sampling", done, total, "images"));
        }

        Assert.Equal("100/200 images", At(0, 100, 200));
        Assert.Equal("200/200 images, 5 images/s", At(20, 200, 200));
        Assert.Equal("20/200 images", At(30, 20, 200));
        Assert.Equal("80/200 images, 6 images/s, 0:20 left", At(40, 80, 200));
        Assert.Equal("90/300 images", At(50, 90, 300));
    }

    [Fact]
    public void PartProgress_Reports_AreOfTheWhole()
    {
        List<ProgressUpdate> told = [];
        new PartProgress(new Listener(told.Add), 30, 100).Report(new ProgressUpdate("sampling", 5, 20, "images", "x"));
        new PartProgress(new Listener(told.Add), 50, 100) { Task = "sweep", Detail = "ideal" }.Report(new ProgressUpdate("sampling", 20, 20, "images"));

        Assert.Equal([new("sampling", 35, 100, "images", "x"), new("sweep", 70, 100, "images", "ideal")], told);
    }

    private sealed class Clock : TimeProvider
    {
        internal int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private sealed class Listener(Action<ProgressUpdate> take) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => take(value);
    }
}
