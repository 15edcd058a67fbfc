namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>Arithmetic of whole numbers that fails in one line instead of overflowing.</summary>
internal static class WholeArithmetic
{
    /// <summary>The expression <paramref name="left"/> <paramref name="symbol"/> <paramref name="right"/>.</summary>
    /// <exception cref="Core.Errors.InputException">The right one is a constant 0 that divides.</exception>
    public static Whole Apply(string symbol, Whole left, Whole right, TokenReader tokens)
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
        return new Whole(value, left.IsConstant && right.IsConstant);
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

    private static long Bounded(long value, Frame frame, int line) => Math.Abs(value) <= Whole.Bound
        ? value
        : throw frame.Problem(line, $"the result {value} is too large; allowed: -{Whole.Bound:N0} to {Whole.Bound:N0}");
}
