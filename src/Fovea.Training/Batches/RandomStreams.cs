using Fovea.Core.Random;

namespace Fovea.Training.Batches;

/// <summary>Makes the generator of a purpose at a step.</summary>
internal static class RandomStreams
{
    private const int PurposeShift = 48;

    internal static CounterRandom At(this RandomStream purpose, int seed, long step) =>
        new((ulong)seed, ((ulong)purpose << PurposeShift) | (ulong)step);
}
