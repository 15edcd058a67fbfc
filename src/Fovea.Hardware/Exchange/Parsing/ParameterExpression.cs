namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A parameter of the gate definition around it.</summary>
internal sealed record ParameterExpression(SourcePosition Position, int Index) : Expression(Position, 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) => parameters[Index];
}
