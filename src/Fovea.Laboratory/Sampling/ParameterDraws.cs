using Fovea.Core.Random;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Sampling;

/// <summary>
/// Random inputs and parameters, uniform in [0, 2π). Draw k of a seed is the same whoever asks for it, so every diagnostic of a circuit looks at
/// the same sequence of draws.
/// </summary>
internal sealed class ParameterDraws(Circuit circuit, ulong seed)
{
    /// <summary>Fills the values of some draws.</summary>
    /// <param name="first">Number of the first draw.</param>
    /// <param name="inputs">[draw, InputCount].</param>
    /// <param name="weights">[draw, WeightCount].</param>
    /// <param name="count">Number of draws.</param>
    public void Fill(int first, int count, Span<double> inputs, Span<double> weights)
    {
        for (var draw = 0; draw < count; draw++)
        {
            var random = new CounterRandom(seed, (ulong)(first + draw));
            Fill(random, inputs.Slice(draw * circuit.InputCount, circuit.InputCount));
            Fill(random, weights.Slice(draw * circuit.WeightCount, circuit.WeightCount));
        }
    }

    private static void Fill(CounterRandom random, Span<double> angles)
    {
        for (var k = 0; k < angles.Length; k++)
            angles[k] = random.NextDouble(0, Math.Tau);
    }
}
