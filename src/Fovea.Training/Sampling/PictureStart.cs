using Fovea.Core.Errors;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Training.Batches;
using static TorchSharp.torch;

namespace Fovea.Training.Sampling;

/// <summary>One or two pictures that images are drawn from in place of noise alone.</summary>
public sealed record PictureStart
{
    /// <summary>Rows of 8-bit RGB pixels at the run's side: one picture to vary, or the two that images are to lie between.</summary>
    public required IReadOnlyList<byte[]> Pictures { get; init; }

    /// <summary>The share of the sampling steps that are taken, in (0, 1]: how far an image may go from the picture.</summary>
    public required double Strength { get; init; }

    /// <summary>
    /// Whether the noise is that which leads back to the picture (<see cref="DdimInversion"/>), so that only the class changes; otherwise each image has its
    /// own.
    /// Between two pictures it always is.
    /// </summary>
    public bool IsInverted { get; init; }

    /// <summary>[side · side]: true for pixels that stay; null where none must.</summary>
    public IReadOnlyList<bool>? Keep { get; init; }

    /// <summary>Whether what stays is taken from the picture itself; otherwise it is what the autoencoder makes of it.</summary>
    public bool Paste { get; init; }

    /// <summary>The sampler that its noise was found for; null where any will do.</summary>
    internal string? Sampler => IsInverted || Pictures.Count > 1 ? "ddim" : null;
}

/// <summary>What a <see cref="PictureStart"/> is in latents, ready for batches of images.</summary>
internal sealed class LatentStart : IDisposable
{
    private readonly PictureStart _start;
    private readonly int _side;
    private readonly Tensor _clean;
    private readonly Tensor? _noise;
    private readonly Tensor? _keep;

    /// <param name="start">The pictures.</param>
    /// <param name="side">Their side in pixels.</param>
    /// <param name="codec">Makes latents of them.</param>
    /// <param name="device">Where the networks are.</param>
    /// <param name="schedule">The schedule that the denoiser was trained with.</param>
    /// <param name="denoiser">The denoiser for no class, which the noise of a picture is found with.</param>
    /// <param name="options">The sampler's.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public LatentStart(
        PictureStart start,
        int side,
        LatentCodec codec,
        Device device,
        NoiseSchedule schedule,
        IDenoiser denoiser,
        SamplerOptions options,
        CancellationToken cancellation)
    {
        (_start, _side) = (start, side);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var clean = codec.ToLatents(ImageTensors.FromPixels(start.Pictures, side, device));
        var noise = start.Sampler is null
            ? null
            : new DdimInversion(schedule).NoiseOf(new KnownImage { Clean = clean, Strength = start.Strength }, denoiser, options, cancellation);
        var cells = (int)clean.shape[2];
        var keep = start.Keep is null ? null : tensor(KeptCells(start.Keep, side, cells), [1, 1, cells, cells], device: device);
        (_clean, _noise, _keep) = (clean.DetachFromDisposeScope(), noise?.DetachFromDisposeScope(), keep?.DetachFromDisposeScope());
    }

    /// <summary>The image that a batch begins from, and its noise, [count, …], in the caller's dispose scope.</summary>
    /// <param name="first">The batch's first image.</param>
    /// <param name="noise">The noise of the batch's images, of which it is as many.</param>
    /// <param name="total">Images in all, which lie evenly between two pictures, both included.</param>
    public (KnownImage Image, Tensor Noise) At(int first, Tensor noise, int total)
    {
        var count = noise.shape[0];
        Tensor Repeated(Tensor one) => one.expand(count, -1, -1, -1);
        var (clean, begun) = (Repeated(_clean.narrow(0, 0, 1)), _noise is null ? noise : Repeated(_noise.narrow(0, 0, 1)));
        if (_start.Pictures.Count > 1)
        {
            double[] places = [.. Enumerable.Range(first, (int)count).Select(k => k / Math.Max(1.0, total - 1))];
            var (other, otherNoise) = (_clean.narrow(0, 1, 1), _noise!.narrow(0, 1, 1));
            var (one, oneNoise) = (_clean.narrow(0, 0, 1), _noise.narrow(0, 0, 1));
            clean = cat([.. places.Select(t => lerp(one, other, tensor((float)t, device: _clean.device)))]);
            begun = cat([.. places.Select(t => SphericalInterpolation.At(oneNoise, otherNoise, t))]);
        }

        return (new KnownImage { Clean = clean, Strength = _start.Strength, Keep = _keep }, begun);
    }

    /// <summary>A drawn image with the pixels that stay as they were, where this is asked for.</summary>
    public byte[] Finish(byte[] drawn)
    {
        if (_start is not { Paste: true, Keep: { } keep }) return drawn;
        var pixels = (byte[])drawn.Clone();
        for (var i = 0; i < _side * _side; i++)
        {
            if (keep[i])
                _start.Pictures[0].AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(3 * i));
        }

        return pixels;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _clean.Dispose();
        _noise?.Dispose();
        _keep?.Dispose();
    }

    /// <summary>
    /// [cells · cells]: whether a cell of the latent stays, which it does where all its pixels do: one that holds a pixel to be filled in must be free to
    /// change.
    /// </summary>
    /// <exception cref="InputException">None does.</exception>
    public static bool[] KeptCells(IReadOnlyList<bool> keep, int side, int cells)
    {
        var stays = new bool[cells * cells];
        Array.Fill(stays, true);
        for (var i = 0; i < side * side; i++)
        {
            if (!keep[i])
                stays[i / side * cells / side * cells + i % side * cells / side] = false;
        }

        if (stays.Contains(true)) return stays;
        throw new InputException(
            $"{new NamedInput("Keep")}: of the {cells} × {cells} cells of {side / cells} px that the latent has, "
                + $"none lies wholly in what is kept; a larger region is needed");
    }
}
