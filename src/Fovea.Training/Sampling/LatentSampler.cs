using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Models.Autoencoders;
using Fovea.Models.Denoisers;
using Fovea.Torch.Runtime;
using Fovea.Torch.Training;
using Fovea.Training.Batches;
using Fovea.Training.Configuration;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Fovea.Training.Sampling;

/// <summary>Draws images: noise, the sampler with the denoiser, the autoencoder's decoder.</summary>
/// <param name="config">The run's configuration.</param>
/// <param name="model">The denoiser.</param>
/// <param name="codec">Turns latents into pictures, and pictures to begin from into latents.</param>
/// <param name="hands">Networks that draw a batch each beside each other, the first being these; null for one batch after the other.</param>
public sealed class LatentSampler(RunConfig config, UNet model, LatentCodec codec, DataParallel<SamplingNetworks>? hands = null)
{
    private readonly PredictionKind _kind = PredictionKinds.Parse(config.Diffusion.Prediction);

    /// <summary>The images in order, each as rows of 8-bit RGB pixels.</summary>
    public IReadOnlyList<byte[]> Sample(SampleRequest request, CancellationToken cancellation = default)
    {
        var images = new List<byte[]>();
        Sample(request, (_, pixels) => images.Add(pixels), cancellation);
        return images;
    }

    /// <summary>Looks at a request before anything is computed.</summary>
    /// <returns>What it samples with.</returns>
    /// <exception cref="InputException">A setting of the request breaks a rule.</exception>
    internal (ISampler Sampler, NoiseSchedule Schedule, SamplerOptions Options) Check(SampleRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Batch);
        foreach (var label in request.Classes ?? (request.Class is { } one ? [one] : []))
            if (label < 0 || label >= model.ClassCount) throw WrongClass(label);
        if (request.Masks is not null && model.MaskCount == 0)
            throw new InputException($"{new NamedInput("Mask")}: the run's denoiser is not told masks (denoiser.mask_conditional = false)");
        if (request.MaskGuidance is not (null or (>= 0 and <= 100)))
            throw InputException.NotAllowed(nameof(request.MaskGuidance), request.MaskGuidance, "0 to 100");
        if (request.AttentionGuidance is not (null or (>= 0 and <= 100)))
            throw InputException.NotAllowed(nameof(request.AttentionGuidance), request.AttentionGuidance, "0 to 100");
        var scales = ScalesOf(request);
        request.GuidanceInterval?.RequireFor((scales with { Attention = 0 }) != GuidanceScales.None);
        request.AttentionInterval?.RequireForAttention(scales.Attention != 0);
        var schedule = DiffusionProcess.ScheduleOf(config.Diffusion);
        var sampler = SamplerRegistry.Create(request.Sampler ?? request.Start?.Sampler ?? config.Sampling.Sampler, schedule);
        if (request.Start?.Sampler is { } needed && sampler.Name != needed)
            throw new InputException($"{new NamedInput("Sampler")} {sampler.Name} is not allowed here; the noise of a picture is found for {needed}");
        if (request.Start?.Keep is { } keep) LatentStart.KeptCells(keep, config.Size, config.LatentSize);
        var options = new SamplerOptions { Steps = request.Steps ?? config.Sampling.Steps, Eta = request.Eta };
        if (options.Problems(schedule) is { Count: > 0 } problems) throw new InputException(string.Join("; ", problems));
        return (sampler, schedule, options);
    }

    /// <summary>Hands each image with its index to <paramref name="take"/> as its batch is done, in order and one at a time, on any thread.</summary>
    /// <exception cref="InputException">A setting of the request breaks a rule.</exception>
    public void Sample(SampleRequest request, Action<long, byte[]> take, CancellationToken cancellation = default)
    {
        var (_, schedule, options) = Check(request);
        using var start = request.Start is null
            ? null
            : CollectionPause.Run(
                () => new LatentStart(request.Start, config.Size, codec, model.Device(), schedule, Unconditional(model), options, cancellation));
        // Pictures to begin from are one piece for all batches, and who looks on sees one batch.
        var atOnce = start is null && request.Preview is null ? hands?.Networks.Count ?? 1 : 1;
        var size = Math.Clamp((request.Count + atOnce - 1) / atOnce, 1, request.Batch);
        void Take(int done, byte[][] pixels)
        {
            for (var i = 0; i < pixels.Length; i++) take(request.FirstImage + done + i, start?.Finish(pixels[i]) ?? pixels[i]);
            request.Progress?.Report(new ProgressUpdate("sampling", done + pixels.Length, request.Count, "images"));
        }

        // In rounds: between two of them nobody works on tensors, and the garbage collector has its moment.
        foreach (var round in Enumerable.Range(0, (request.Count + size - 1) / size).Select(batch => batch * size).Chunk(atOnce))
        {
            if (atOnce == 1) Take(round[0], Draw(model, codec, request, round[0], size, start, cancellation));
            else hands!.Map(round, (networks, done) => Draw(networks.Denoiser, networks.Codec, request, done, size, null, cancellation), Take);
        }
    }

    private byte[][] Draw(
        UNet denoiser, LatentCodec decoder, SampleRequest request, int done, int size, LatentStart? start, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var (sampler, _, options) = Check(request);
        var (device, count, first) = (denoiser.Device(), Math.Min(size, request.Count - done), request.FirstImage + done);
        var noise = new CounterNoiseSource((ulong)request.Seed, first);
        var normal = noise.Normal([count, config.Autoencoder.LatentChannels, config.LatentSize, config.LatentSize], 0, ScalarType.Float32, device);
        var (image, initial) = start is null ? (null, normal) : CollectionPause.Run(() => ((KnownImage?, Tensor))start.At(done, normal, request.Count));
        var batch = new SamplingRequest
        {
            Denoiser = DenoiserFor(denoiser, request, done, count, device),
            InitialNoise = initial,
            Image = image,
            Noise = noise,
            Options = options,
            OnStep = request.Preview is { } preview ? step => Show(preview, step, first) : null,
        };
        return CollectionPause.Run(() => decoder.ToPixels(sampler.Sample(batch, cancellation)));
    }

    private void Show(SamplePreview preview, SamplingStep step, long first)
    {
        var done = step.Index + 1;
        if (done % preview.Every != 0 || done == step.Count) return;
        var pixels = codec.ToPixels(step.Clean);
        for (var i = 0; i < pixels.Length; i++) preview.Take(first + i, done, step.Count, pixels[i]);
    }

    private IDenoiser DenoiserFor(UNet denoiser, SampleRequest request, int first, int count, Device device)
    {
        var classes = request.Classes?.Skip(first).Take(count) ?? (request.Class is { } label ? Enumerable.Repeat(label, count) : null);
        var labels = classes is null ? null : tensor(classes.Select(label => (long)label).ToArray(), device: device);
        var masks = request.Masks is null
            ? null : MaskTensors.FromBytes([.. request.Masks.Skip(first).Take(count)], model.MaskCount, config.Size, device);
        NetworkGuidance Guided(GuidanceScales scales) => new(_kind, denoiser, (labels, masks), scales);
        // Each kind of guidance within its interval, and outside of it the network as it was trained.
        var scales = ScalesOf(request);
        IDenoiser ByCondition(double attention) => Within(
            request.GuidanceInterval ?? config.Sampling.GuidanceInterval, (scales with { Attention = 0 }) != GuidanceScales.None,
            () => Guided(scales with { Attention = attention }), () => Guided(GuidanceScales.None with { Attention = attention }));
        return Within(
            request.AttentionInterval ?? config.Sampling.AttentionInterval, scales.Attention != 0,
            () => ByCondition(scales.Attention), () => ByCondition(0));
    }

    private IDenoiser Within(TimeInterval interval, bool isGuided, Func<IDenoiser> inside, Func<IDenoiser> outside)
    {
        if (interval == TimeInterval.Whole || !isGuided) return inside();
        var (least, most) = interval.Timesteps(config.Diffusion.Timesteps);
        return new IntervalDenoiser(inside(), outside(), least, most);
    }

    private GuidanceScales ScalesOf(SampleRequest request) => new(
        request.Classes is null && request.Class is null ? 1 : request.Guidance ?? config.Sampling.Guidance,
        request.Masks is null ? 1 : request.MaskGuidance ?? 1,
        // The noise of a picture is found without it, and with it would lead to another picture.
        request.AttentionGuidance ?? (request.Start is { IsInverted: true } ? 0 : config.Sampling.AttentionGuidance));

    private DelegateDenoiser Unconditional(UNet denoiser) => new(_kind, (noisy, timesteps) => denoiser.call(noisy, timesteps, null));

    private InputException WrongClass(int label) => model.ClassCount == 0
        ? new InputException($"class {label}: the run's denoiser is not conditioned on classes (denoiser.class_conditional = false)")
        : new InputException($"class {label} does not exist; allowed: 0 to {model.ClassCount - 1}");
}

/// <summary>Both networks of a run as one, so that a thread can have its own of them.</summary>
public sealed class SamplingNetworks : nn.Module
{
    [ComponentName(Name = "autoencoder")] private readonly Autoencoder _autoencoder;
    [ComponentName(Name = "denoiser")] private readonly UNet _denoiser;

    /// <summary>Takes over the networks.</summary>
    /// <param name="autoencoder">The autoencoder.</param>
    /// <param name="denoiser">The denoiser.</param>
    /// <param name="latentScale">The factor that the autoencoder's latents were multiplied by.</param>
    public SamplingNetworks(Autoencoder autoencoder, UNet denoiser, double latentScale) : base(nameof(SamplingNetworks))
    {
        (_autoencoder, _denoiser, Codec) = (autoencoder, denoiser, new LatentCodec(autoencoder, latentScale));
        RegisterComponents();
    }

    /// <summary>The autoencoder.</summary>
    public Autoencoder Autoencoder => _autoencoder;

    /// <summary>The denoiser.</summary>
    public UNet Denoiser => _denoiser;

    /// <summary>Turns latents into pictures and back.</summary>
    public LatentCodec Codec { get; }
}

/// <summary>Turns pictures into latents of the diffusion process, and back.</summary>
/// <param name="model">The autoencoder.</param>
/// <param name="latentScale">The factor that its latents were multiplied by.</param>
public sealed class LatentCodec(Autoencoder model, double latentScale)
{
    private readonly Scalar _scale = (float)latentScale;
    private readonly Scalar _inverseScale = (float)(1 / latentScale);

    /// <summary>Images [batch, 3, side, side] in [−1, 1] → scaled latents [batch, latentChannels, height, width], the posterior's means.</summary>
    public Tensor ToLatents(Tensor images)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return model.Encode(images).Mean.mul(_scale).MoveToOuterDisposeScope();
    }

    /// <summary>Scaled latents [batch, latentChannels, height, width] → each image as rows of 8-bit RGB pixels.</summary>
    public byte[][] ToPixels(Tensor latents)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return ImageTensors.ToPixels(model.Decode(latents.mul(_inverseScale)));
    }
}
