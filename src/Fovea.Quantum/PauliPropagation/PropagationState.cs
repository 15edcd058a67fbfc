using System.Numerics;
using Fovea.Quantum.Circuits;

namespace Fovea.Quantum.PauliPropagation;

/// <summary>The coefficients of a <see cref="PropagationProgram"/> for one set of weights, and the way back, in double precision.</summary>
internal sealed class PropagationState
{
    private readonly PropagationProgram _program;
    private readonly double[] _initial;
    private readonly double[][] _saved;
    private readonly (double Sin, double Cos)[] _turns;
    private double[] _coefficients;
    private double[] _cotangents;
    private double[] _scratch;

    /// <summary>Allocates for a program.</summary>
    public PropagationState(PropagationProgram program)
    {
        _program = program;
        _initial = [.. program.InitialCoefficients];
        (_coefficients, _cotangents, _scratch) = (new double[_initial.Length], new double[_initial.Length], new double[_initial.Length]);
        // Channels cannot be undone on the way back as rotations are: what the coefficients were before each is kept.
        _saved = [.. program.Steps.Select(step => step is ConstantStep constant ? new double[constant.Starts.Length - 1] : [])];
        _turns = new (double, double)[program.Rotations.Length];
    }

    /// <summary>[slot]: c_P after <see cref="Run"/>.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>[slot]: ∂L/∂c_P, to be set before <see cref="AddWeightGradients"/>, which uses it up.</summary>
    public Span<double> Cotangents => _cotangents;

    /// <summary>Pulls the observables back for these weights. The rotations must not depend on inputs.</summary>
    public void Run<T>(ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var k = 0; k < _turns.Length; k++)
        {
            var rotation = _program.Rotations[k];
            var value = rotation.Angle.Source == AngleSource.Weight ? double.CreateTruncating(weights[rotation.Angle.Index]) : 1;
            _turns[k] = Math.SinCos(rotation.Scale * value);
        }

        _initial.CopyTo(_coefficients, 0);
        for (var k = 0; k < _program.Steps.Count; k++)
        {
            if (_program.Steps[k] is ConstantStep constant)
                Apply(constant, _saved[k]);
            else if (_program.Steps[k] is PropagationStep step)
                Turn(step, _coefficients, _turns[step.Rotation].Sin, _turns[step.Rotation].Cos);
        }
    }

    /// <summary>Adds ∂L/∂w of every weight, from the cotangents.</summary>
    /// <param name="gradients">[weights].</param>
    public void AddWeightGradients(Span<double> gradients)
    {
        _coefficients.CopyTo(_scratch, 0);
        for (var k = _program.Steps.Count - 1; k >= 0; k--)
        {
            if (_program.Steps[k] is ConstantStep constant)
                Undo(constant, _saved[k]);
            else if (_program.Steps[k] is PropagationStep step)
                AddGradient(step, gradients);
        }
    }

    private void Apply(ConstantStep step, double[] saved)
    {
        _coefficients.AsSpan(0, saved.Length).CopyTo(saved);
        step.Apply(saved, _scratch);
        (_coefficients, _scratch) = (_scratch, _coefficients);
    }

    private void Undo(ConstantStep step, double[] saved)
    {
        step.ApplyTransposed(_cotangents, _scratch);
        (_cotangents, _scratch) = (_scratch, _cotangents);
        saved.CopyTo(_scratch, 0);
    }

    private void AddGradient(PropagationStep step, Span<double> gradients)
    {
        var rotation = _program.Rotations[step.Rotation];
        var (sin, cos) = _turns[step.Rotation];
        if (rotation.Angle.Source == AngleSource.Weight)
            gradients[rotation.Angle.Index] += rotation.Scale * Derivative(step);
        Turn(step, _scratch, -sin, cos);
        Turn(step, _cotangents, -sin, cos);
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
