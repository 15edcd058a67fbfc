using System.Globalization;

namespace Fovea.Devices.Exchange.Parsing;

/// <summary>
/// Reads arithmetic: sums, then products, then unary signs, then powers (to the right), as in OpenQASM 3. Power is ** in
/// both versions and ^ in version 2.
/// </summary>
internal sealed class ExpressionParser(TokenStream tokens, ProgramState state)
{
    private const int MaxNesting = 100;
    private int _nesting;

    /// <summary>Names that stand for the parameters of the gate definition being read, in order.</summary>
    public IReadOnlyList<string> Parameters { get; set; } = [];

    public Expression Read()
    {
        var left = ReadProduct();
        while (tokens.Peek.IsSymbol("+") || tokens.Peek.IsSymbol("-"))
        {
            var sign = tokens.Take();
            left = Checked(new BinaryExpression(sign.Position, sign.Text[0], left, ReadProduct()));
        }

        return left;
    }

    /// <summary>The value of an expression that has no access to gate parameters.</summary>
    public AngleForm ReadValue()
    {
        var outer = Parameters;
        Parameters = [];
        var expression = Read();
        Parameters = outer;
        return expression.Evaluate([], state.Budget);
    }

    /// <summary>A number without inputs.</summary>
    public double ReadConstant()
    {
        var position = tokens.Peek.Position;
        var value = ReadValue();
        return value.IsConstant ? value.ConstantPart : throw position.Error("an input where a constant stands", "constants are known before the run");
    }

    /// <summary>A whole number in a range.</summary>
    /// <param name="least">The least allowed.</param>
    /// <param name="most">The most allowed.</param>
    /// <param name="what">What it is, for the message: "an index".</param>
    public int ReadInteger(int least, int most, string what)
    {
        var position = tokens.Peek.Position;
        var value = ReadConstant();
        return value >= least && value <= most && value == Math.Floor(value)
            ? (int)value
            : throw position.Error(
                $"{what} of {value.ToString("R", CultureInfo.InvariantCulture)}", $"{what} is a whole number from {least} to {most}");
    }

    private Expression ReadProduct()
    {
        var left = ReadSigned();
        while (tokens.Peek.IsSymbol("*") || tokens.Peek.IsSymbol("/"))
        {
            var sign = tokens.Take();
            left = Checked(new BinaryExpression(sign.Position, sign.Text[0], left, ReadSigned()));
        }

        return left;
    }

    private Expression ReadSigned()
    {
        if (++_nesting > MaxNesting)
            throw tokens.Peek.Position.Error("the expression is nested too deeply", $"at most {MaxNesting} levels are read");
        var sign = tokens.Peek;
        var value = tokens.Accept("-") ? Checked(new NegateExpression(sign.Position, ReadSigned()))
            : tokens.Accept("+") ? ReadSigned()
            : ReadPower();
        _nesting--;
        return value;
    }

    private Expression ReadPower()
    {
        var left = ReadAtom();
        if (!tokens.Peek.IsSymbol("**") && !(state.IsVersion2 && tokens.Peek.IsSymbol("^")))
            return left;
        var position = tokens.Take().Position;
        return Checked(new BinaryExpression(position, '^', left, ReadSigned()));
    }

    private Expression ReadAtom()
    {
        var token = tokens.Take();
        if (token.Kind is TokenKind.Integer or TokenKind.Float)
            return new ValueExpression(token.Position, AngleForm.Constant(ParseNumber(token)));
        if (token.Kind == TokenKind.Identifier)
            return ReadNamed(token);
        if (!token.IsSymbol("("))
            throw token.Position.Error($"unexpected {token}", "a number, an input, a function or '(' stands here");
        var inner = Read();
        tokens.Expect(")", "at the end of an expression in parentheses");
        return inner;
    }

    private Expression ReadNamed(Token name)
    {
        if (FunctionExpression.Functions.ContainsKey(name.Text) && tokens.Accept("("))
        {
            var argument = Read();
            tokens.Expect(")", $"after the argument of {name.Text}");
            return Checked(new FunctionExpression(name.Position, name.Text, argument));
        }

        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i] == name.Text)
                return new ParameterExpression(name.Position, i);
        }

        return state.Find(name.Text) is NumberSymbol number
            ? new ValueExpression(name.Position, number.Value)
            : throw name.Position.Error(
                $"{name} is no number known here",
                "numbers are literals, pi, tau, const, inputs, gate parameters and sin, cos, tan, exp, ln, log, sqrt");
    }

    private static double ParseNumber(Token token)
    {
        var isNumber = double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        return isNumber && double.IsFinite(value)
            ? value
            : throw token.Position.Error($"{token} is no number of double precision", "numbers are decimal, up to 1.7e308");
    }

    private static Expression Checked(Expression expression) => expression.Depth <= Expression.MaxDepth
        ? expression
        : throw expression.Position.Error("the expression is too long", $"at most {Expression.MaxDepth} operations stand inside one another");
}
