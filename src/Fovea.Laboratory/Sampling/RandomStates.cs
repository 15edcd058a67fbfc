using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines.Ensembles;

namespace Fovea.Laboratory.Sampling;

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
