using Fovea.Core.Random;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Diagnostics;

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

/// <summary>States of a circuit at random inputs and parameters, <see cref="EnsembleState.Lanes"/> at a time.</summary>
internal sealed class RandomStates
{
    private readonly EnsembleProgram _program;
    private readonly ParameterDraws _draws;
    private readonly double[] _inputs;
    private readonly double[] _weights;

    public RandomStates(Circuit circuit, ulong seed)
    {
        _program = new EnsembleProgram(circuit);
        _draws = new ParameterDraws(circuit, seed);
        _inputs = new double[EnsembleState.Lanes * circuit.InputCount];
        _weights = new double[EnsembleState.Lanes * circuit.WeightCount];
        State = new EnsembleState(circuit.WireCount);
    }

    /// <summary>The states of the last draw.</summary>
    public EnsembleState State { get; }

    /// <summary>Draws <paramref name="first"/> to <paramref name="first"/> + Lanes − 1.</summary>
    public EnsembleState Draw(int first)
    {
        _draws.Fill(first, EnsembleState.Lanes, _inputs, _weights);
        _program.Run(State, _inputs, _weights);
        return State;
    }
}

/// <summary>How long a figure is sampled: until its standard error is small enough, within bounds on the draws.</summary>
/// <param name="Least">Fewest draws.</param>
/// <param name="Most">Most draws.</param>
/// <param name="RelativeError">Standard error over value that is small enough.</param>
internal readonly record struct SampleBudget(int Least, int Most, double RelativeError)
{
    // A mean square whose error is below this is rounding: more draws don't make it more exact.
    private const double Nothing = 1e-20;

    /// <summary>As many draws as it takes to see which derivatives are zero: in principle one, with some to spare.</summary>
    public static SampleBudget ForProof => new(8, 8, 0);

    /// <summary>Whether a figure needs no more draws.</summary>
    public bool IsEnough(int draws, Estimate estimate) =>
        draws >= Most || (draws >= Least && (estimate.StandardError < Nothing || estimate.RelativeError <= RelativeError));
}

/// <summary>Mean and standard error of independent draws (Welford 1962).</summary>
internal sealed class RunningMean
{
    private double _mean;
    private double _squares;

    /// <summary>Draws so far.</summary>
    public int Count { get; private set; }

    /// <summary>Mean so far, with its standard error from the spread of the draws.</summary>
    public Estimate Estimate => new(_mean, Count > 1 ? Math.Sqrt(_squares / (Count - 1.0) / Count) : 0, Count);

    /// <summary>One more draw.</summary>
    public void Add(double value)
    {
        Count++;
        var step = value - _mean;
        _mean += step / Count;
        _squares += step * (value - _mean);
    }
}
