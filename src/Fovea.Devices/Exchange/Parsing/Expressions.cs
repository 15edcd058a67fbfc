namespace Fovea.Devices.Exchange.Parsing;

/// <summary>An angle or number as written. Gate parameters get their values when it is evaluated.</summary>
/// <param name="Position">Where it stands; for an operation, where its operator stands.</param>
/// <param name="Depth">Levels of operations below and including this one.</param>
internal abstract record Expression(SourcePosition Position, int Depth)
{
    /// <summary>The most operations inside one another, long sums included: evaluation recurses.</summary>
    public const int MaxDepth = 200;

    /// <summary>The value, finite.</summary>
    /// <param name="parameters">Values of the parameters of the gate definition it stands in.</param>
    /// <param name="budget">Where the work is counted.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">Something an angle cannot be.</exception>
    public AngleForm Evaluate(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var value = Compute(parameters, budget);
        budget.SpendSteps(1 + (value.Terms.Length * value.Terms.Length), Position);
        if (!value.IsFinite)
            throw Position.Error("the value is not a finite number", "angles are finite");
        if (value.Terms.Length > AngleForm.MaxTerms)
            throw Position.Error("the angle has too many parts", $"at most {AngleForm.MaxTerms} parts are read");
        return value;
    }

    protected abstract AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget);
}

/// <summary>A number, a named constant or an input.</summary>
internal sealed record ValueExpression(SourcePosition Position, AngleForm Value) : Expression(Position, 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) => Value;
}

/// <summary>A parameter of the gate definition around it.</summary>
internal sealed record ParameterExpression(SourcePosition Position, int Index) : Expression(Position, 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) => parameters[Index];
}

/// <summary>Minus an expression.</summary>
internal sealed record NegateExpression(SourcePosition Position, Expression Operand) : Expression(Position, Operand.Depth + 1)
{
    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget) =>
        Operand.Evaluate(parameters, budget).Scale(-1);
}

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

/// <summary>A function of a number.</summary>
internal sealed record FunctionExpression(SourcePosition Position, string Name, Expression Argument)
    : Expression(Position, Argument.Depth + 1)
{
    /// <summary>The functions by name; OpenQASM 2 calls the logarithm ln, OpenQASM 3 log.</summary>
    public static IReadOnlyDictionary<string, Func<double, double>> Functions { get; } = new Dictionary<string, Func<double, double>>
    {
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["exp"] = Math.Exp,
        ["ln"] = Math.Log,
        ["log"] = Math.Log,
        ["sqrt"] = Math.Sqrt,
    };

    protected override AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var argument = Argument.Evaluate(parameters, budget);
        return argument.IsConstant
            ? AngleForm.Constant(Functions[Name](argument.ConstantPart))
            : throw Position.Error($"{Name} of an input", "functions take numbers; compute it before the circuit and pass it as an input");
    }
}
