using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>The coefficients of a <see cref="PropagationProgram"/> for one set of weights, and the way back, in double precision.</summary>
internal sealed class PropagationState(PropagationProgram program) : CoefficientState
{
    private readonly double[] _initial = [.. program.InitialCoefficients];
    private readonly double[] _coefficients = new double[program.Strings.Count];
    private readonly double[] _cotangents = new double[program.Strings.Count];
    private readonly double[] _scratch = new double[program.Strings.Count];
    private readonly (double Sin, double Cos)[] _turns = new (double, double)[program.Rotations.Length];

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Coefficients => _coefficients;

    /// <inheritdoc/>
    public override Span<double> Cotangents => _cotangents;

    /// <summary>Pulls the observables back for these weights. The rotations must not depend on inputs.</summary>
    public override void Run(ReadOnlySpan<double> weights)
    {
        for (var k = 0; k < _turns.Length; k++)
        {
            var rotation = program.Rotations[k];
            var value = rotation.Angle.Source == AngleSource.Weight ? weights[rotation.Angle.Index] : 1;
            _turns[k] = Math.SinCos(rotation.Scale * value);
        }

        _initial.CopyTo(_coefficients, 0);
        foreach (var step in program.Steps)
            Turn(step, _coefficients, _turns[step.Rotation].Sin, _turns[step.Rotation].Cos);
    }

    /// <inheritdoc/>
    public override void AddWeightGradients(Span<double> gradients)
    {
        _coefficients.CopyTo(_scratch, 0);
        for (var k = program.Steps.Count - 1; k >= 0; k--)
        {
            var step = program.Steps[k];
            var rotation = program.Rotations[step.Rotation];
            var (sin, cos) = _turns[step.Rotation];
            var derivative = TurnBack(step, sin, cos);
            if (rotation.Angle.Source == AngleSource.Weight)
                gradients[rotation.Angle.Index] += rotation.Scale * derivative;
        }
    }

    private static void Turn(PropagationStep step, double[] values, double sin, double cos)
    {
        ReadOnlySpan<int> first = step.First, second = step.Second.AsSpan(0, first.Length);
        for (var k = 0; k < first.Length; k++)
        {
            ref double a = ref values[first[k]], b = ref values[second[k]];
            (a, b) = ((cos * a) - (sin * b), (cos * b) + (sin * a));
        }
    }

    /// <summary>
    /// The derivative by the turn's angle, of ∂(a, b)/∂α = (−b, a) with a and b after the turn, which is then undone on coefficients and cotangents.
    /// </summary>
    private double TurnBack(PropagationStep step, double sin, double cos)
    {
        ReadOnlySpan<int> first = step.First, second = step.Second.AsSpan(0, first.Length);
        Span<double> values = _scratch, cotangents = _cotangents.AsSpan(0, values.Length);
        var sum = 0.0;
        for (var k = 0; k < first.Length; k++)
        {
            var (i, j) = (first[k], second[k]);
            var (a, b, da, db) = (values[i], values[j], cotangents[i], cotangents[j]);
            sum += (db * a) - (da * b);
            (values[i], values[j]) = ((cos * a) + (sin * b), (cos * b) - (sin * a));
            (cotangents[i], cotangents[j]) = ((cos * da) + (sin * db), (cos * db) - (sin * da));
        }

        return sum;
    }
}

/// <summary>The coefficients of a <see cref="CoefficientProgram"/> for one set of weights, and the way back, in double precision.</summary>
internal abstract class CoefficientState
{
    /// <summary>[slot]: the coefficient after <see cref="Run"/>.</summary>
    public abstract ReadOnlySpan<double> Coefficients { get; }

    /// <summary>[slot]: ∂L/∂coefficient, to be set before <see cref="AddWeightGradients"/>, which uses it up.</summary>
    public abstract Span<double> Cotangents { get; }

    /// <summary>Computes the coefficients.</summary>
    /// <param name="weights">[weights].</param>
    public abstract void Run(ReadOnlySpan<double> weights);

    /// <summary>Adds ∂L/∂w of every weight, from the cotangents.</summary>
    /// <param name="gradients">[weights].</param>
    public abstract void AddWeightGradients(Span<double> gradients);
}
