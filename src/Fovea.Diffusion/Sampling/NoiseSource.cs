using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Diffusion.Sampling;

/// <summary>
/// Standard normal noise for sampling, addressed rather than drawn in turn: asking twice gives the same numbers, and an image's
/// noise does not depend on the batch it is in.
/// </summary>
public interface INoiseSource
{
    /// <summary>
    /// Standard normal noise of shape [batch, …], a new tensor in the caller's dispose scope.
    /// </summary>
    /// <param name="shape">The shape, images first.</param>
    /// <param name="draw">Which noise: 0 for the initial noise, i + 1 for what step i adds.</param>
    /// <param name="dtype">The element type, a floating-point one.</param>
    /// <param name="device">The device.</param>
    Tensor Normal(ReadOnlySpan<long> shape, int draw, ScalarType dtype, Device device);
}

/// <summary>
/// Noise as a pure function of (seed, global image index, draw): image k comes out the same whatever the batch size, the device
/// or the images before it. Numbers are made in double precision on the CPU and then rounded to the element type.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="firstImage">The global index of the batch's first image, 0 or above.</param>
public sealed class CounterNoiseSource(ulong seed, long firstImage = 0) : INoiseSource
{
    private const int DrawBits = 20;

    // Sets sampling noise apart from other users of the same seed.
    private const ulong Domain = 0x5A4D_504C_4E4F_4953;

    /// <summary>The same noise for the batch that starts at another global image index.</summary>
    public CounterNoiseSource StartingAt(long image) => new(seed, image);

    /// <inheritdoc/>
    public Tensor Normal(ReadOnlySpan<long> shape, int draw, ScalarType dtype, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Length, 1, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, 1 << DrawBits);
        ArgumentOutOfRangeException.ThrowIfNegative(firstImage);
        var values = new double[Product(shape)];
        var images = (int)shape[0];
        var imageSize = images == 0 ? 0 : values.Length / images;
        for (var i = 0; i < images; i++)
        {
            var random = new CounterRandom(seed ^ Domain, ((ulong)(firstImage + i) << DrawBits) | (uint)draw);
            foreach (ref var value in values.AsSpan(i * imageSize, imageSize)) value = random.NextNormal();
        }

        using var scope = NewDisposeScope();
        return tensor(values).view(shape.ToArray()).to(dtype).to(device).MoveToOuterDisposeScope();
    }

    private static int Product(ReadOnlySpan<long> shape)
    {
        var product = 1;
        foreach (var size in shape) product = checked(product * (int)size);
        return product;
    }
}
