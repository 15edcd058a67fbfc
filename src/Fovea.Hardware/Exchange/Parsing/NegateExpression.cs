namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>Minus an expression.</summary>
internal sealed record NegateExpression(SourcePosition Position, Expression Operand) : Expression(Position, Operand.Depth + 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) =>
        Operand.Evaluate(parameters, budget).Scale(-1);
}
