using System.Globalization;
using Fovea.Core.Errors;

namespace Fovea.Quantum.Ansaetze.Language;

/// <summary>An expression with a whole number or, as a condition, with 0 or 1 for a value.</summary>
/// <param name="Value">Computes it.</param>
/// <param name="IsConstant">Whether it is the same in every frame.</param>
/// <param name="IsCondition">Whether it is a condition.</param>
internal sealed record WholeNumber(Func<Frame, long> Value, bool IsConstant, bool IsCondition = false)
{
    /// <summary>Values stay within ± this, so that no operation on two of them overflows.</summary>
    public const long Bound = 1_000_000_000;

    /// <summary>Whether the condition holds.</summary>
    public bool Holds(Frame frame) => Value(frame) != 0;
}

/// <summary>Arithmetic of whole numbers that fails in one line instead of overflowing.</summary>
internal static class WholeArithmetic
{
    /// <summary>The expression <paramref name="left"/> <paramref name="symbol"/> <paramref name="right"/>.</summary>
    /// <exception cref="Core.Errors.InputException">The right one is a constant 0 that divides.</exception>
    public static WholeNumber Apply(string symbol, WholeNumber left, WholeNumber right, TokenReader tokens)
    {
        var (a, b, line) = (left.Value, right.Value, tokens.Line);
        Func<Frame, long> value = symbol switch
        {
            "+" => frame => Bounded(a(frame) + b(frame), frame, line),
            "-" => frame => Bounded(a(frame) - b(frame), frame, line),
            "*" => frame => Bounded(a(frame) * b(frame), frame, line),
            "/" => frame => Floor(a(frame), Divisor(b(frame), frame, line)),
            _ => frame => Remainder(a(frame), Divisor(b(frame), frame, line)),
        };
        if (symbol is "/" or "%" && right.IsConstant)
            Divisor(right.Value(Frame.Constant(tokens.Source)), Frame.Constant(tokens.Source), line);
        return new WholeNumber(value, left.IsConstant && right.IsConstant);
    }

    private static long Floor(long a, long b) => (a - Modulo(a, b)) / b;

    // In 0..|b|-1 whatever the signs: wires count on around a ring.
    private static long Remainder(long a, long b) => Modulo(a, Math.Abs(b));

    private static long Modulo(long a, long b)
    {
        var rest = a % b;
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }

    private static long Divisor(long value, Frame frame, int line) =>
        value != 0 ? value : throw frame.Problem(line, "division by zero; what stands after '/' or '%' must not be 0");

    private static long Bounded(long value, Frame frame, int line) => Math.Abs(value) <= WholeNumber.Bound
        ? value
        : throw frame.Problem(line, $"the result {value} is too large; allowed: -{WholeNumber.Bound:N0} to {WholeNumber.Bound:N0}");
}

/// <summary>
/// Reads whole numbers and conditions. From the loosest to the tightest: or; and; not; one comparison; + and −; *, / and %; sign.
/// </summary>
internal sealed class WholeNumberParser(TokenReader tokens, Scope scope)
{
    private const int MaxDepth = 32;
    private int _depth;

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="InputException">It is none, or it names an unknown variable.</exception>
    public WholeNumber Number() => AsNumber(Alternative());

    /// <summary>Reads a condition.</summary>
    /// <exception cref="InputException">It is none, or it names an unknown variable.</exception>
    public WholeNumber Condition() => AsCondition(Alternative());

    private WholeNumber Alternative()
    {
        var left = Conjunction();
        while (tokens.TryTake("or"))
        {
            var (a, b) = (AsCondition(left), AsCondition(Conjunction()));
            left = new WholeNumber(frame => a.Holds(frame) || b.Holds(frame) ? 1 : 0, a.IsConstant && b.IsConstant, IsCondition: true);
        }

        return left;
    }

    private WholeNumber Conjunction()
    {
        var left = Negation();
        while (tokens.TryTake("and"))
        {
            var (a, b) = (AsCondition(left), AsCondition(Negation()));
            left = new WholeNumber(frame => a.Holds(frame) && b.Holds(frame) ? 1 : 0, a.IsConstant && b.IsConstant, IsCondition: true);
        }

        return left;
    }

    private WholeNumber Negation()
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

    private WholeNumber Comparison()
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
        return new WholeNumber(frame => holds(a(frame) - b.Value(frame)) ? 1 : 0, left.IsConstant && b.IsConstant, IsCondition: true);
    }

    private WholeNumber Sum()
    {
        var left = Product();
        while (tokens.TryTakeAny("+", "-") is { } symbol)
            left = WholeArithmetic.Apply(symbol, AsNumber(left), AsNumber(Product()), tokens);
        return left;
    }

    private WholeNumber Product()
    {
        var left = Signed();
        while (tokens.TryTakeAny("*", "/", "%") is { } symbol)
            left = WholeArithmetic.Apply(symbol, AsNumber(left), AsNumber(Signed()), tokens);
        return left;
    }

    private WholeNumber Signed()
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

    private WholeNumber Operand()
    {
        if (tokens.TryTake("("))
            return Inner();
        var next = tokens.Next;
        if (next.Kind == TokenKind.Number)
            return Literal(tokens.Take().Text);
        if (next.Kind != TokenKind.Name || Keywords.All.Contains(next.Text))
            throw tokens.Unexpected("a whole number, a variable or '('");
        var slot = VariableNames.Slot(tokens, scope);
        return new WholeNumber(frame => frame[slot], IsConstant: false);
    }

    private WholeNumber Inner()
    {
        if (++_depth > MaxDepth)
            throw tokens.Problem($"parentheses are nested too deep; allowed: up to {MaxDepth}");
        var inner = Alternative();
        tokens.Expect(")");
        _depth--;
        return inner;
    }

    private WholeNumber Literal(string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > WholeNumber.Bound)
            throw tokens.Problem($"{DefinitionSource.Quote(text)} is not a whole number up to {WholeNumber.Bound:N0}");
        return new WholeNumber(_ => value, IsConstant: true);
    }

    private WholeNumber AsNumber(WholeNumber expression) =>
        expression.IsCondition ? throw tokens.Problem("a number is needed, not a condition") : expression;

    private WholeNumber AsCondition(WholeNumber expression) =>
        expression.IsCondition ? expression : throw tokens.Problem("a condition is needed, not a number; compare it, as in 'l % 2 == 0'");
}
