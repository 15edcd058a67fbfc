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
            if (rotation.Angle.Source == AngleSource.Weight)
                gradients[rotation.Angle.Index] += rotation.Scale * Derivative(step);
            Turn(step, _scratch, -sin, cos);
            Turn(step, _cotangents, -sin, cos);
        }
    }

    private static void Turn(PropagationStep step, double[] values, double sin, double cos)
    {
        var (first, second) = (step.First, step.Second);
        for (var k = 0; k < first.Length; k++)
        {
            var (a, b) = (values[first[k]], values[second[k]]);
            values[first[k]] = (cos * a) - (sin * b);
            values[second[k]] = (cos * b) + (sin * a);
        }
    }

    /// <summary>∂(a, b)/∂α = (−b, a), with a and b after the turn.</summary>
    private double Derivative(PropagationStep step)
    {
        var (first, second) = (step.First, step.Second);
        var sum = 0.0;
        for (var k = 0; k < first.Length; k++)
            sum += (_cotangents[second[k]] * _scratch[first[k]]) - (_cotangents[first[k]] * _scratch[second[k]]);
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
