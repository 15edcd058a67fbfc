namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>Two expressions joined by '+', '-', '*', '/' or '^' (power). All arithmetic is real: 1/2 is 0.5.</summary>
internal sealed record BinaryExpression(SourcePosition Position, char Operator, Expression Left, Expression Right)
    : Expression(Position, Math.Max(Left.Depth, Right.Depth) + 1)
{
    private const string Allowed = "an angle is a sum of numbers, number*input and number*input*input";

    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var left = Left.Evaluate(parameters, budget);
        var right = Right.Evaluate(parameters, budget);
        return Operator switch
        {
            '+' => left.Add(right),
            '-' => left.Add(right.Scale(-1)),
            '*' => Product(left, right),
            '/' => Quotient(left, right),
            _ => Power(left, right),
        };
    }

    private AngleForm Product(AngleForm left, AngleForm right) =>
        left.Multiply(right) ?? throw Position.Error("a product of more than two inputs", Allowed);

    private AngleForm Quotient(AngleForm left, AngleForm right)
    {
        if (!right.IsConstant)
            throw Position.Error("a division by an input", Allowed);
        return left.IsConstant
            ? AngleForm.Constant(left.ConstantPart / right.ConstantPart)
            : left.Scale(1 / right.ConstantPart);
    }

    private AngleForm Power(AngleForm left, AngleForm right)
    {
        if (!right.IsConstant)
            throw Position.Error("a power with an input as exponent", Allowed);
        if (left.IsConstant)
            return AngleForm.Constant(Math.Pow(left.ConstantPart, right.ConstantPart));
        return right.ConstantPart switch
        {
            0 => AngleForm.Constant(1),
            1 => left,
            2 => Product(left, left),
            _ => throw Position.Error("a power of an input other than 0, 1 or 2", Allowed),
        };
    }
}
