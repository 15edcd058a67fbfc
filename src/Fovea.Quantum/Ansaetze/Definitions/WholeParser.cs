using System.Globalization;
using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>
/// Reads whole numbers and conditions. From the loosest to the tightest: or; and; not; one comparison; + and −; *, / and %; sign.
/// </summary>
internal sealed class WholeParser(TokenReader tokens, Scope scope)
{
    private const int MaxDepth = 32;
    private int _depth;

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="InputException">It is none, or it names an unknown variable.</exception>
    public Whole Number() => AsNumber(Alternative());

    /// <summary>Reads a condition.</summary>
    /// <exception cref="InputException">It is none, or it names an unknown variable.</exception>
    public Whole Condition() => AsCondition(Alternative());

    private Whole Alternative()
    {
        var left = Conjunction();
        while (tokens.TryTake("or"))
        {
            var (a, b) = (AsCondition(left), AsCondition(Conjunction()));
            left = new Whole(frame => a.Holds(frame) || b.Holds(frame) ? 1 : 0, a.IsConstant && b.IsConstant, IsCondition: true);
        }

        return left;
    }

    private Whole Conjunction()
    {
        var left = Negation();
        while (tokens.TryTake("and"))
        {
            var (a, b) = (AsCondition(left), AsCondition(Negation()));
            left = new Whole(frame => a.Holds(frame) && b.Holds(frame) ? 1 : 0, a.IsConstant && b.IsConstant, IsCondition: true);
        }

        return left;
    }

    private Whole Negation()
    {
        var count = 0;
        while (tokens.TryTake("not"))
            count++;
        var operand = Comparison();
        if (count == 0)
            return operand;
        var condition = AsCondition(operand);
        return count % 2 == 0 ? condition : condition with { Value = frame => condition.Holds(frame) ? 0 : 1 };
    }

    private Whole Comparison()
    {
        var left = Sum();
        if (tokens.TryTakeAny("==", "!=", "<=", ">=", "<", ">") is not { } symbol)
            return left;
        var (a, b) = (AsNumber(left).Value, AsNumber(Sum()));
        Func<long, bool> holds = symbol switch
        {
            "==" => sign => sign == 0,
            "!=" => sign => sign != 0,
            "<=" => sign => sign <= 0,
            ">=" => sign => sign >= 0,
            "<" => sign => sign < 0,
            _ => sign => sign > 0,
        };
        return new Whole(frame => holds(a(frame) - b.Value(frame)) ? 1 : 0, left.IsConstant && b.IsConstant, IsCondition: true);
    }

    private Whole Sum()
    {
        var left = Product();
        while (tokens.TryTakeAny("+", "-") is { } symbol)
            left = WholeArithmetic.Apply(symbol, AsNumber(left), AsNumber(Product()), tokens);
        return left;
    }

    private Whole Product()
    {
        var left = Signed();
        while (tokens.TryTakeAny("*", "/", "%") is { } symbol)
            left = WholeArithmetic.Apply(symbol, AsNumber(left), AsNumber(Signed()), tokens);
        return left;
    }

    private Whole Signed()
    {
        var isNegative = false;
        var hasSign = false;
        while (tokens.TryTakeAny("-", "+") is { } sign)
        {
            hasSign = true;
            isNegative ^= sign == "-";
        }

        var operand = Operand();
        if (!hasSign)
            return operand;
        var number = AsNumber(operand);
        return isNegative ? number with { Value = frame => -number.Value(frame) } : number;
    }

    private Whole Operand()
    {
        if (tokens.TryTake("("))
            return Inner();
        var next = tokens.Next;
        if (next.Kind == TokenKind.Number)
            return Literal(tokens.Take().Text);
        if (next.Kind != TokenKind.Name || Keywords.All.Contains(next.Text))
            throw tokens.Unexpected("a whole number, a variable or '('");
        var slot = VariableNames.Slot(tokens, scope);
        return new Whole(frame => frame[slot], IsConstant: false);
    }

    private Whole Inner()
    {
        if (++_depth > MaxDepth)
            throw tokens.Problem($"parentheses are nested too deep; allowed: up to {MaxDepth}");
        var inner = Alternative();
        tokens.Expect(")");
        _depth--;
        return inner;
    }

    private Whole Literal(string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > Whole.Bound)
            throw tokens.Problem($"{DefinitionSource.Quote(text)} is not a whole number up to {Whole.Bound:N0}");
        return new Whole(_ => value, IsConstant: true);
    }

    private Whole AsNumber(Whole expression) =>
        expression.IsCondition ? throw tokens.Problem("a number is needed, not a condition") : expression;

    private Whole AsCondition(Whole expression) =>
        expression.IsCondition ? expression : throw tokens.Problem("a condition is needed, not a number; compare it, as in 'l % 2 == 0'");
}
