namespace Fovea.Hardware.Exchange.Parsing;

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
