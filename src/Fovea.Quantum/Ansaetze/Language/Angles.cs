using System.Globalization;
using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>The angle of a gate: a constant or, with a weight, a factor on that weight.</summary>
/// <param name="Value">Computes the constant or the factor.</param>
/// <param name="Weight">Name of the shared weight, or null.</param>
internal sealed record AngleValue(Func<Frame, double> Value, string? Weight = null);

/// <summary>
/// Reads angles: real expressions with pi and the variables, or such a number times one shared weight. Here / divides without rounding.
/// </summary>
internal sealed class AngleParser(TokenReader tokens, Scope scope)
{
    private const int MaxDepth = 32;
    private int _depth;

    /// <summary>Reads an angle.</summary>
    /// <exception cref="InputException">It is none, or it names an unknown variable.</exception>
    public AngleValue Angle()
    {
        var angle = Sum();
        return tokens.Next is { Kind: TokenKind.Symbol, Text: not ("," or ")") }
            ? throw tokens.Problem($"{tokens.Next} has no meaning in an angle; allowed: + - * / ( ), numbers, pi, variables, one $weight")
            : angle;
    }

    private AngleValue Sum()
    {
        var left = Product();
        while (tokens.TryTakeAny("+", "-") is { } symbol)
        {
            var right = Product();
            if ((left.Weight ?? right.Weight) is { } weight)
                throw tokens.Problem($"'${weight}' cannot be part of a sum; an angle is a number, or a number times one weight");
            var (a, b, sign) = (left.Value, right.Value, symbol == "+" ? 1 : -1);
            left = new AngleValue(frame => a(frame) + (sign * b(frame)));
        }

        return left;
    }

    private AngleValue Product()
    {
        var left = Signed();
        while (tokens.TryTakeAny("*", "/") is { } symbol)
        {
            var right = Signed();
            if (right.Weight is not null && (symbol == "/" || left.Weight is not null))
                throw tokens.Problem($"'${right.Weight}' cannot be divided by or multiplied by a weight; an angle is a number, or a number times one weight");
            var (a, b) = (left.Value, right.Value);
            left = new AngleValue(symbol == "*" ? frame => a(frame) * b(frame) : frame => a(frame) / b(frame), left.Weight ?? right.Weight);
        }

        return left;
    }

    private AngleValue Signed()
    {
        var sign = 1;
        while (tokens.TryTakeAny("-", "+") is { } symbol)
            sign = symbol == "-" ? -sign : sign;
        var operand = Operand();
        return sign > 0 ? operand : operand with { Value = frame => -operand.Value(frame) };
    }

    private AngleValue Operand()
    {
        if (tokens.TryTake("("))
            return Inner();
        if (tokens.TryTake("pi"))
            return new AngleValue(_ => Math.PI);
        var next = tokens.Next;
        switch (next.Kind)
        {
            case TokenKind.Number:
                return Literal(tokens.Take().Text);
            case TokenKind.Weight:
                tokens.Take();
                return new AngleValue(_ => 1, next.Text);
            case TokenKind.Name when !Keywords.All.Contains(next.Text):
                var slot = VariableNames.Slot(tokens, scope);
                return new AngleValue(frame => frame[slot]);
            default:
                throw tokens.Unexpected("a number, pi, a variable, a $weight or '('");
        }
    }

    private AngleValue Inner()
    {
        if (++_depth > MaxDepth)
            throw tokens.Problem($"parentheses are nested too deep; allowed: up to {MaxDepth}");
        var inner = Sum();
        tokens.Expect(")");
        _depth--;
        return inner;
    }

    private AngleValue Literal(string text)
    {
        var value = double.Parse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new AngleValue(_ => value)
            : throw tokens.Problem($"{DefinitionSource.Quote(text)} is beyond the numbers that are finite");
    }
}
