using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Ansätze written out in tests.</summary>
internal static class Texts
{
    /// <summary>The name messages give them.</summary>
    public const string Source = "my.ansatz";

    /// <summary>A definition whose layer is these lines; the first of them is line 3.</summary>
    public static string Layer(params string[] lines) => string.Join('\n', ["ansatz mine", "layer", .. lines, "end"]);

    /// <summary>The gates, as listed, with bars between them.</summary>
    public static string Gates(string text, int wires, int layers = 1) => string.Join('|', Build(text, wires, layers).Operations);

    /// <summary>The circuit of the layers alone.</summary>
    public static Circuit Build(string text, int wires, int layers = 1)
    {
        var builder = new CircuitBuilder(wires);
        AnsatzDefinition.Parse(text, Source).Append(builder, layers);
        return builder.Build();
    }

    /// <summary>What is wrong with a text or with what it builds; one line that begins with the source.</summary>
    public static string Problem(string text, int wires = 4)
    {
        var message = Assert.Throws<InputException>(() => Build(text, wires, 2)).Message;
        AssertOneLine(message);
        return message;
    }

    /// <summary>Nothing in it breaks the line.</summary>
    public static void AssertOneLine(string message) => Assert.DoesNotContain(message, unit => char.IsControl(unit) || unit is '\u2028' or '\u2029');
}
