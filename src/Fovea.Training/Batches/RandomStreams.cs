using Fovea.Core.Random;
using static TorchSharp.torch;

namespace Fovea.Training.Batches;

/// <summary>Makes the generator of a purpose at a step.</summary>
internal static class RandomStreams
{
    private const int PurposeShift = 48;

    internal static CounterRandom At(this RandomStream purpose, int seed, long step) =>
        new((ulong)seed, ((ulong)purpose << PurposeShift) | (ulong)step);

    /// <summary>Standard normal numbers of a purpose at a step, as a float32 tensor.</summary>
    internal static Tensor NormalAt(this RandomStream purpose, int seed, long step, long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        purpose.At(seed, step).FillNormal(values);
        return tensor(values, shape);
    }
}
