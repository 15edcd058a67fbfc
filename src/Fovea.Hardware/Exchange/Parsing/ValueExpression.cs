namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A number, a named constant or an input.</summary>
internal sealed record ValueExpression(SourcePosition Position, AngleForm Value) : Expression(Position, 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) => Value;
}
