using System.Collections.Immutable;

namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A call inside a gate definition.</summary>
/// <param name="Gate">What is called.</param>
/// <param name="Angles">[ParameterCount of the gate].</param>
/// <param name="Operands">Indices of the definition's qubits, distinct.</param>
internal sealed record GateCall(Gate Gate, ImmutableArray<Expression> Angles, ImmutableArray<int> Operands)
{
    public AngleForm[] EvaluateAngles(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var values = new AngleForm[Angles.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Angles[i].Evaluate(parameters, budget);
        return values;
    }
}
