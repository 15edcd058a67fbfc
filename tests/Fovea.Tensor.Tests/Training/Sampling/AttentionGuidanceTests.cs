using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Imaging.Phantom;
using Fovea.Models.Autoencoders;
using Fovea.Models.Blocks;
using Fovea.Models.Denoisers;
using Fovea.Tests.Torch;
using Fovea.Torch.Modules;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using Fovea.Training.Sampling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fovea.Tests.Training.Sampling;

/// <summary>Guidance away from a network whose attention is put out.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class AttentionGuidanceTests : IDisposable
{
    private const int Side = 32;
    private readonly RunConfig _config = TinyRun.Config("denoiser.mask_conditional=true");
    private readonly Autoencoder _autoencoder;
    private readonly UNet _denoiser;
    private readonly LatentSampler _sampler;
    private readonly DisposeScope _scope = NewDisposeScope();

    public AttentionGuidanceTests()
    {
        _autoencoder = new Autoencoder(_config.Autoencoder, _config.Quantum);
        SeededInitialization.Apply(_autoencoder, 1);
        _denoiser = new UNet(2, 5, _config.Denoiser, _config.Quantum, new MaskShape(3, _config.Autoencoder.Downsampling));
        SeededInitialization.Apply(_denoiser, 1);
        // At its start the last layer of masks is zero, and a mask would change nothing.
        using var noGradient = no_grad();
        foreach (var (name, weight) in _denoiser.named_parameters())
            if (name.StartsWith("masks.", StringComparison.Ordinal)) weight.uniform_(-0.3, 0.3, new Generator(5));
        _sampler = new LatentSampler(_config, _denoiser, new LatentCodec(_autoencoder, 1));
    }

    public void Dispose()
    {
        _autoencoder.Dispose();
        _denoiser.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Forward_LastImagesPerturbed_EachPositionSeesItselfAlone()
    {
        using var noGradient = no_grad();
        using var block = new AttentionBlock(64);
        SeededInitialization.Apply(block, 3);
        var input = randn([3, 64, 4, 4], generator: new Generator(1));
        var whole = block.call(input);
        block.Perturbed = 2;
        var perturbed = block.call(input);
        Assert.True(perturbed[0].allclose(whole[0], 1e-5, 1e-6));
        // By hand: what attention would bring together goes on as it is, through the two convolutions that stand around it.
        var layers = block.named_children().ToDictionary(child => child.name, child => child.module);
        var values = ((Conv2d)layers["qkv"]).call(((GroupNorm)layers["norm"]).call(input)).narrow(1, 128, 64);
        var alone = input.add(((Conv2d)layers["output"]).call(values));
        Assert.True(perturbed.narrow(0, 1, 2).allclose(alone.narrow(0, 1, 2), 1e-5, 1e-6));
        Assert.False(whole.narrow(0, 1, 2).allclose(alone.narrow(0, 1, 2), 1e-3, 1e-3));
        // And where the whole batch is.
        block.Perturbed = 3;
        Assert.True(block.call(input).narrow(0, 1, 2).allclose(alone.narrow(0, 1, 2), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Predict_WhateverIsTold_AddsTheStepAwayFromTheNetworkWithoutAttention(bool withClass, bool withMask)
    {
        using var noGradient = no_grad();
        var (noisy, timesteps) = (randn([2, 2, 8, 8], generator: new Generator(4)), tensor(new long[] { 20, 30 }));
        var labels = withClass ? tensor(new long[] { 2, 0 }) : null;
        var masks = withMask ? MaskTensors.FromBytes([Mask(0), Mask(3)], 3, Side, CPU) : null;
        float[] Of(GuidanceScales scales) =>
            new NetworkGuidance(PredictionKind.Velocity, _denoiser, (labels, masks), scales).Predict(noisy, timesteps).data<float>().ToArray();
        var told = _denoiser.call(noisy, timesteps, labels, masks).data<float>().ToArray();
        var worse = _denoiser.Predict(noisy, timesteps, labels, masks, 2).data<float>().ToArray();
        Assert.True(told.Zip(worse, (a, b) => Math.Abs(a - b)).Max() > 1e-3);
        var (guided, both) = (Of(new(3, 2.5, 0)), Of(new(3, 2.5, 0.7)));
        for (var i = 0; i < told.Length; i++) Assert.Equal(guided[i] + (0.7 * (told[i] - worse[i])), both[i], 1e-4);
        // The network is as it was.
        Assert.Equal(told, Of(GuidanceScales.None));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Predict_ImagesThatTheBatchHasNot_AreRefused(int perturbed) => Assert.Throws<ArgumentOutOfRangeException>(
        () => _denoiser.Predict(zeros(2, 2, 8, 8), tensor(new long[] { 1, 1 }), null, null, perturbed));

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void Sample_AttentionGuidance_GuidesWithinItsTimesAndByTheRunsScale(int? label)
    {
        var plain = new SampleRequest { Count = 3, Seed = 5, Sampler = "euler", Steps = 8, Class = label };
        var guided = plain with { AttentionGuidance = 2 };
        Assert.NotEqual(Draw(plain), Draw(guided));
        Assert.Equal(Draw(plain), Draw(plain with { AttentionGuidance = 0 }));
        Assert.Equal(Draw(guided), Draw(guided with { Batch = 2 }));
        Assert.Equal(Draw(plain), Draw(guided with { AttentionInterval = new(0.01, 0.02) }));
        var middle = Draw(guided with { AttentionInterval = new(0.4, 0.6) });
        Assert.NotEqual(Draw(guided), middle);
        var config = _config with { Sampling = _config.Sampling with { AttentionGuidance = 2, AttentionInterval = new(0.4, 0.6) } };
        Assert.Equal(middle, new LatentSampler(config, _denoiser, new LatentCodec(_autoencoder, 1)).Sample(plain, TestContext.Current.CancellationToken));
    }

    /// <summary>Each kind of guidance has times of its own: what one does not reach the other still does.</summary>
    [Fact]
    public void Sample_TwoKindsAtOtherTimes_EachGuidesWithinItsOwn()
    {
        var plain = new SampleRequest { Count = 1, Seed = 5, Sampler = "euler", Steps = 8, Class = 2, Guidance = 1 };
        var never = new TimeInterval(0.01, 0.02);
        var both = plain with { Guidance = 3, AttentionGuidance = 2 };
        Assert.Equal(Draw(plain with { Guidance = 3 }), Draw(both with { AttentionInterval = never }));
        Assert.Equal(Draw(plain with { AttentionGuidance = 2 }), Draw(both with { GuidanceInterval = never }));
        Assert.Equal(Draw(plain), Draw(both with { GuidanceInterval = never, AttentionInterval = never }));
        Assert.NotEqual(Draw(both), Draw(both with { AttentionInterval = new(0.5, 1) }));
    }

    /// <summary>The noise of a picture that is edited is found without guidance: a run's own would lead to another picture, one that is asked for may.</summary>
    [Fact]
    public void Sample_EditOfARunThatIsGuided_IsNotGuidedUnlessAskedFor()
    {
        var edit = new SampleRequest
        {
            Count = 1,
            Seed = 5,
            Steps = 4,
            Class = 2,
            Start = new PictureStart { Pictures = [new byte[Side * Side * 3]], Strength = 0.7, IsInverted = true },
        };
        var config = _config with { Sampling = _config.Sampling with { AttentionGuidance = 2 } };
        var guided = new LatentSampler(config, _denoiser, new LatentCodec(_autoencoder, 1));
        Assert.Equal(Draw(edit), guided.Sample(edit, TestContext.Current.CancellationToken));
        Assert.NotEqual(Draw(edit), guided.Sample(edit with { AttentionGuidance = 2 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Sample_TimesOfAttentionWithoutSuchGuidance_AreRefused() => Assert.Contains(
        "AttentionInterval would change nothing here; needed: AttentionGuidance above 0",
        Assert.Throws<InputException>(() => Draw(new SampleRequest { Count = 1, Seed = 5, AttentionInterval = new(0.5, 1) })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.5)]
    [InlineData(double.NaN)]
    public void Sample_ScaleOutOfRange_IsRefused(double scale) => Assert.EndsWith(
        "not allowed; allowed: 0 to 100",
        Assert.Throws<InputException>(() => Draw(new SampleRequest { Count = 1, Seed = 5, AttentionGuidance = scale })).Message, StringComparison.Ordinal);

    private static byte[] Mask(ulong seed) => PhantomRenderer.Masks(PhantomParameters.Sample(1, (int)seed), Side);

    private IReadOnlyList<byte[]> Draw(SampleRequest request) => _sampler.Sample(request, TestContext.Current.CancellationToken);
}
