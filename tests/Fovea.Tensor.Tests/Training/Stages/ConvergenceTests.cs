using Fovea.Core.Errors;
using Fovea.Tests.Torch;
using Fovea.Training.Runs;
using Fovea.Training.Stages;

namespace Fovea.Tests.Training.Stages;

/// <summary>Trainings that end when the held-out loss no longer falls.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class ConvergenceTests(TinyRun runs) : IClassFixture<TinyRun>
{
    // It cannot halve within ten steps after the first few: ends long before the 60th.
    private static readonly string[] s_settings = ["denoiser.training.convergence=0.5", "denoiser.training.patience=10", "denoiser.training.steps=60"];

    [Fact]
    public void Observe_LossThatFallsAndThenStays_EndsAFifthLater()
    {
        using var convergence = new Convergence(0.01, patience: 50, cap: 2000, warmup: 10);
        // Falls by 3 % an observation until the 20th and stays there.
        for (var step = 1; step <= 400 && convergence.End == 2000; step++) convergence.Observe(step, () => Math.Pow(0.97, Math.Min(20, step / 10)));
        // The last five observations are those at 210 to 250 when none of them is below that at 200.
        Assert.Equal(250 + 50, convergence.End);
        Assert.Equal(1.0, convergence.RateAt(249, 1.0));
        Assert.Equal(0.1, convergence.RateAt(300, 1.0), 12);
        Assert.Equal(0.55, convergence.RateAt(275, 1.0), 12);
        Assert.Equal(0.5, convergence.RateAt(4, 1.0));
    }

    [Theory]
    [InlineData(0.011, 0.0100, true)]
    [InlineData(0.009, 0.0100, false)]
    public void Observe_ConstantFall_ConvergesByItsShare(double share, double fall, bool converges)
    {
        // Within the patience, five observations, the lowest loss falls by `fall` of itself.
        using var convergence = new Convergence(share, patience: 5, cap: 600, warmup: 0);
        for (var step = 1; step <= 400; step++) convergence.Observe(step, () => Math.Pow(1 - fall, step / 5.0));
        Assert.Equal(converges, convergence.End < 600);
    }

    [Fact]
    public void RateAt_NeverConverged_FallsOverTheLastSixth()
    {
        using var convergence = new Convergence(0.01, patience: 5, cap: 600, warmup: 0);
        for (var step = 1; step <= 600; step++) convergence.Observe(step, () => Math.Exp(-step));
        Assert.Equal(600, convergence.End);
        Assert.Equal(1.0, convergence.RateAt(499, 1.0));
        Assert.True(convergence.RateAt(510, 1.0) < 1);
        Assert.Equal(0.1, convergence.RateAt(600, 1.0), 12);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(100, 150)]
    [InlineData(101, 160)]
    public void Observe_LossThatStays_ConvergesAPatienceAfterTheWarmup(int warmup, int step)
    {
        // While the rate rises the loss may well stay where it is; nothing follows from that.
        using var convergence = new Convergence(0.01, patience: 50, cap: 2000, warmup);
        for (var done = 1; done <= 400; done++) convergence.Observe(done, () => 1);
        Assert.Equal(step + (step / 5), convergence.End);
        Assert.True(convergence.RateAt(convergence.End - 1, 1.0) < convergence.RateAt(step, 1.0));
    }

    [Fact]
    public void Load_ItsState_GoesOnAlike()
    {
        using var whole = new Convergence(0.01, patience: 5, cap: 600, warmup: 0);
        using var second = new Convergence(0.01, patience: 5, cap: 600, warmup: 0);
        static double Loss(long step) => 1 + (1.0 / step);
        for (var step = 1; step <= 7; step++) whole.Observe(step, () => Loss(step));
        second.Load(whole.State()["losses"]);
        for (long step = 8; step <= 100; step++)
        {
            whole.Observe(step, () => Loss(step));
            second.Observe(step, () => Loss(step));
        }

        Assert.True(whole.End < 600);
        Assert.Equal(whole.End, second.End);
        Assert.Equal(whole.State()["losses"].data<double>().ToArray(), second.State()["losses"].data<double>().ToArray());
    }

    [Fact]
    public void Execute_InterruptedAndKilled_EndsAtTheSameStepBitIdentical()
    {
        var told = new List<string>();
        var whole = runs.Train(TinyRun.Config(s_settings), announce: told.Add);
        var (_, metadata) = DenoiserFile.Load(Path.Combine(whole, "denoiser.safetensors"), TinyRun.Config(s_settings));
        Assert.True(metadata.HasEnded && metadata.Steps is > 12 and < 60);
        Assert.Contains(
            told,
            line => line.Contains("has converged at step", StringComparison.Ordinal)
                && line.EndsWith($"step {metadata.Steps}", StringComparison.Ordinal));

        var broken = runs.NewFolder();
        Interrupt(broken, 5, kill: true);
        Interrupt(broken, 11, kill: false);
        Interrupt(broken, (int)metadata.Steps - 1, kill: true);
        runs.Train(TinyRun.Config(s_settings), broken, resume: true);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(broken, "denoiser.safetensors")));
        // And there is nothing left to do.
        runs.Train(TinyRun.Config(s_settings), broken, resume: true);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "denoiser.safetensors")), File.ReadAllBytes(Path.Combine(broken, "denoiser.safetensors")));
    }

    [Fact]
    public void Execute_AnotherCap_IsRefusedInOneLine()
    {
        var folder = runs.Finished(s_settings);
        var failure = Assert.Throws<InputException>(() => runs.Train(TinyRun.Config([.. s_settings[..2], "denoiser.training.steps=90"]), folder, resume: true));
        Assert.Contains("denoiser.training.steps = 90 here, 60 there: with denoiser.training.convergence", failure.Message, StringComparison.Ordinal);
    }

    private void Interrupt(string folder, int step, bool kill)
    {
        using var interruption = new Interruption("denoiser", step, kill);
        void Run() => runs.Train(TinyRun.Config(s_settings), folder, resume: Directory.Exists(folder), interruption: interruption);
        if (kill) Assert.Throws<Interruption.KilledException>(Run);
        else Assert.ThrowsAny<OperationCanceledException>(Run);
        Assert.True(interruption.Happened);
    }
}
