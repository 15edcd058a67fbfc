using CsCheck;

namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Whole numbers against a plain evaluation of the same tree.</summary>
public class ExpressionTests
{
    private static readonly Gen<(string Text, long? Value)> Leaf = Gen.Int[0, 9].Select(i => (i.ToString(), (long?)i));

    [Fact]
    public void Expression_OfAnyShape_HasTheValueOfItsTree() =>
        Tree(4).Sample(tree => Assert.Equal(tree.Value, Evaluate(tree.Text)), iter: 2000);

    [Theory]
    [InlineData("7 / 2", 3)]
    [InlineData("-7 / 2", -4)]
    [InlineData("7 / -2", -4)]
    [InlineData("-7 % 4", 1)]
    [InlineData("7 % -4", 3)]
    [InlineData("-7 % -4", 1)]
    [InlineData("-2 * 3 + 10 - 1 - 1", 2)]
    [InlineData("12 / 2 / 3", 2)]
    public void Division_OfAnySigns_RoundsDownAndLeavesAPositiveRest(string text, int expected) => Assert.Equal(expected, Evaluate(text));

    [Fact]
    public void Comparisons_OfAnyNumbers_AreThoseOfTheLanguage() =>
        Gen.Select(Gen.Int[-3, 3], Gen.Int[-3, 3]).Sample((a, b) =>
        {
            var holds = new[] { "==", "!=", "<", "<=", ">", ">=" }.Select(symbol => Texts.Gates(Texts.Layer($"if {a} {symbol} {b}", "X 0", "end"), 1) == "X 0");
            Assert.Equal([a == b, a != b, a < b, a <= b, a > b, a >= b], holds);
        });

    [Theory]
    [InlineData("l == 0 or l == 1 and l == 2", true)]
    [InlineData("(l == 0 or l == 1) and l == 2", false)]
    [InlineData("not l == 1 and l == 0", true)]
    [InlineData("not (l == 0 and n == 2)", false)]
    [InlineData("not not l == 0", true)]
    [InlineData("l == 0 or 1 / l == 1", true)]
    public void Conditions_Joined_BindAsInWords(string condition, bool holds) =>
        Assert.Equal(holds ? "X 0" : "", Texts.Gates(Texts.Layer($"if {condition}", "X 0", "end"), 2));

    // The weights that a layer takes say what a number is; null where it divides by zero.
    private static long? Evaluate(string text)
    {
        try
        {
            return Texts.Build(Texts.Layer($"unused 10000 + ({text})"), 1).WeightCount - 10_000;
        }
        catch (Fovea.Core.Errors.InputException e) when (e.Message.Contains("division by zero", StringComparison.Ordinal))
        {
            return null;
        }
    }

    // Values stay so small that no limit shows.
    private static Gen<(string Text, long? Value)> Tree(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Tree(depth - 1).Select(a => ($"-({a.Text})", -a.Value)),
        Gen.Select(Tree(depth - 1), Tree(depth - 1), Gen.OneOf('+', '-', '/', '%')).Select((a, b, symbol) =>
            ($"({a.Text}) {symbol} ({b.Text})", Apply(a.Value, b.Value, symbol))));

    private static long? Apply(long? a, long? b, char symbol) => (a, b, symbol) switch
    {
        (null, _, _) or (_, null, _) or (_, 0, '/' or '%') => null,
        (_, _, '+') => a + b,
        (_, _, '-') => a - b,
        (_, _, '/') => (long)Math.Floor((double)a / (double)b),
        _ => ((a % b) + Math.Abs((long)b)) % Math.Abs((long)b),
    };
}
