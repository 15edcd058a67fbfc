using System.Globalization;
using System.Text.RegularExpressions;

namespace Fovea.Quantum.Circuits;

/// <summary>Reads sums of Pauli strings as people write them: "0.5*XX + 0.2*ZI", "X0*Z3 - Y1", "Z(0) @ Z(1)".</summary>
public static partial class ObservableText
{
    /// <summary>Reads an observable.</summary>
    /// <param name="text">A sum; letters without numbers stand for all wires, the first letter for wire 0.</param>
    /// <param name="wires">Number of wires of the circuit.</param>
    /// <exception cref="FormatException">Something else, or a wire that the circuit does not have; one line.</exception>
    public static Observable Parse(string text, int wires)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = CalledWire().Replace(text, "$1$2");
        var terms = new List<PauliTerm>();
        var at = 0;
        while (at < plain.Length || terms.Count == 0)
        {
            var match = Term().Match(plain, at);
            var (sign, number, letters) = (match.Groups["sign"].Value, match.Groups["number"].Value, match.Groups["letters"].Value);
            if (!match.Success || match.Length == 0 || (number.Length == 0 && letters.Length == 0) || (terms.Count > 0 && sign.Length == 0))
                throw new FormatException($"'{plain[at..].Trim()}' in '{text}' is no Pauli string; a sum is like 0.5*XX + 0.2*ZI or X0*Z3 - Y1");
            var coefficient = number.Length == 0 ? 1 : double.Parse(number, CultureInfo.InvariantCulture);
            terms.Add(
                new PauliTerm(sign == "-" ? -coefficient : coefficient, letters.Length == 0 ? PauliString.Identity : String(letters.Trim(), wires, text)));
            at += match.Length;
        }

        try
        {
            return new Observable(terms);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' has a number that is too large; coefficients and their sums are finite", e);
        }
    }

    private static PauliString String(string letters, int wires, string text)
    {
        var word = Separators().Replace(letters, "");
        if (word.Any(char.IsDigit))
        {
            var indexed = PauliString.Parse(Separators().Replace(letters, "*").Trim('*'));
            return wires < 64 && indexed.Support >> wires != 0
                ? throw new FormatException($"'{letters}' in '{text}' names a wire that is missing; the circuit has wires 0 to {wires - 1}")
                : indexed;
        }

        if (word.Equals("I", StringComparison.OrdinalIgnoreCase))
            return PauliString.Identity;
        if (word.Length != wires)
            throw new FormatException($"'{letters}' in '{text}' has {word.Length} letter(s), the circuit has {wires} wire(s); X0*Z3 names wires by number");
        return word.Select((letter, wire) => PauliString.On(letter, wire)).Aggregate((left, right) => new(left.X | right.X, left.Z | right.Z));
    }

    [GeneratedRegex(@"([IXYZixyz])\((\d+)\)")]
    private static partial Regex CalledWire();

    [GeneratedRegex(@"\G\s*(?<sign>[+-]?)\s*(?<number>(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)?\s*\*?\s*(?<letters>[IXYZixyz]\d*(\s*[*@]?\s*[IXYZixyz]\d*)*)?\s*")]
    private static partial Regex Term();

    [GeneratedRegex(@"[\s*@]+")]
    private static partial Regex Separators();
}
