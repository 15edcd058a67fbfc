using Fovea.Devices.Execution;
using Fovea.Devices.Profiles;
using Fovea.Studio.Pages;
using Fovea.Studio.Work;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Training.Layers;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Studio;

/// <summary>Drawing in the studio with circuits on a device.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class NoiseFieldsTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Draw_OnADeviceBesideAModelWithoutCircuits_IsTheCommandsImageOfEach()
    {
        using var folder = new TemporaryFolder();
        var (quantum, classical) = (tiny.Finished("quantum.enabled=true"), tiny.Finished("quantum.enabled=false"));
        var order = NoiseFields.With(Order(quantum, classical), Given(("noise", "heavy-hex"), ("noise-scale", "3"), ("shots", "64")));
        using var desk = new SamplingDesk();
        var job = desk.Start(order);
        var end = DateTime.UtcNow + s_patience;
        while (!job.IsOver)
        {
            Assert.True(DateTime.UtcNow < end, "it did not come to its end");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("done", job.Message, StringComparison.Ordinal);
        var noise = new LayerNoise(
            new DeviceBackend(ShippedProfiles.Load("heavy-hex"), new ExecutionOptions { NoiseScale = 3, Shots = 64, Seed = 5 }));
        Assert.Equal(Drawn(folder.File("noisy"), quantum, noise), job.Picture(0, 0));
        Assert.NotEqual(Drawn(folder.File("ideal"), quantum, null), job.Picture(0, 0));
        Assert.Equal(Drawn(folder.File("classical"), classical, null), job.Picture(1, 0));
        Assert.EndsWith(
            "--noise heavy-hex --noise-scale 3 --shots 64", string.Join(' ', order.Arguments("q", order.NoiseOf(quantum))), StringComparison.Ordinal);
        Assert.DoesNotContain("--noise", order.Arguments("c", order.NoiseOf(classical)));
        Assert.Equal(["heavy-hex", "3", "64"], NoiseFields.Filled(order).Select(field => field.Value));
    }

    [Theory]
    [InlineData("noise", "noise", "heavy")]
    [InlineData("noise", "noise-scale", "2")]
    [InlineData("noise-scale", "noise-scale", "-1")]
    [InlineData("shots", "shots", "0")]
    public void With_WhatIsNotAllowed_IsToldAtTheField(string field, string name, string value) =>
        Assert.Equal(field, Assert.Throws<FieldException>(() => NoiseFields.With(Order(tiny.Finished("quantum.enabled=true")), Given((name, value)))).Problem.Field);

    [Fact]
    public void With_NoModelWithCircuits_IsToldAtTheField()
    {
        var order = Order(tiny.Finished("quantum.enabled=false"));
        Assert.Equal("noise", Assert.Throws<FieldException>(() => NoiseFields.With(order, Given(("noise", "trapped-ion")))).Problem.Field);
        Assert.Equal("shots", Assert.Throws<FieldException>(() => NoiseFields.With(order, Given(("shots", "100")))).Problem.Field);
        Assert.Same(order, NoiseFields.With(order, Given()));
    }

    private static SamplingOrder Order(params IEnumerable<string> runs) => new([.. runs.Select((run, k) => ($"run{k}", run))], null, null, 5, "ddim", 4, 1);

    private static Fields Given(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal));

    private static byte[] Drawn(string output, string run, LayerNoise? noise)
    {
        SamplingRun.Execute(
            run, output, true, null, new SampleRequest { Count = 1, Seed = 5, Sampler = "ddim", Steps = 4 }, noise,
            cancellation: TestContext.Current.CancellationToken);
        return File.ReadAllBytes(DrawnImages.PathOf(output, 0));
    }
}
