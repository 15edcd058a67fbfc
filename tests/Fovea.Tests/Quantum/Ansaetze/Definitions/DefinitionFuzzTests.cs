using CsCheck;
using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Tests.Quantum.Ansaetze.Definitions;

/// <summary>Shipped files with random changes either make circuits or say in one line what is wrong.</summary>
public class DefinitionFuzzTests
{
    private const string Characters = "abilnoRXZ019 +-*/%()=<>!.,$#_\n\r\t\0é\u2028\ud83d";

    private static readonly string[] Lines =
        [
            "end", "else", "layer", "initial", "for i = 0 .. n", "if l % 2 == 0", "block pair(i)", "pair(0)", "unused n",
            "RX($a) 0", "CNOT 0, 1", "wires n / l == 1",
        ];

    private static readonly Gen<string> Shipped =
        Gen.OneOf(
            AnsatzRegistry.All.Concat(AnsatzRegistry.Exhibits).Select(a => a.Source.Replace("ansatz ", "ansatz x-").Replace("alias  ", "alias x-")).ToArray());

    [Fact]
    public void Text_WithChangedCharacters_IsACircuitOrOneLine() =>
        Gen.Select(Shipped, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 10_000], Gen.OneOf(Characters.ToCharArray())).Array[1, 4])
            .Sample((text, changes) => AssertHandled(changes.Aggregate(text, ChangeCharacter)), iter: 3000);

    [Fact]
    public void Text_WithChangedLines_IsACircuitOrOneLine() =>
        Gen.Select(Shipped, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], Gen.OneOf(Lines)).Array[1, 4])
            .Sample((text, changes) => AssertHandled(changes.Aggregate(text, ChangeLine)), iter: 3000);

    [Fact]
    public void Text_OfAnything_IsOneLine() =>
        Gen.String.Sample(text => AssertHandled("ansatz mine\nlayer\n" + text + "\nend"), iter: 2000);

    private static string ChangeCharacter(string text, (int Kind, int Place, char Character) change)
    {
        var at = change.Place % text.Length;
        return change.Kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, change.Character.ToString()),
            _ => text.Remove(at, 1).Insert(at, change.Character.ToString()),
        };
    }

    private static string ChangeLine(string text, (int Kind, int Place, string Line) change)
    {
        var lines = text.Split('\n').ToList();
        var at = change.Place % lines.Count;
        switch (change.Kind)
        {
            case 0 when lines.Count > 1:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[^(at + 1)]);
                break;
            case 2:
                lines[at] = change.Line;
                break;
            default:
                lines.Insert(at, change.Line);
                break;
        }

        return string.Join('\n', lines);
    }

    private static void AssertHandled(string text)
    {
        try
        {
            var ansatz = AnsatzDefinition.Parse(text, Texts.Source);
            foreach (var wires in Enumerable.Range(1, 8).Where(ansatz.Wires.Allows))
            {
                var builder = new CircuitBuilder(wires);
                ansatz.Append(builder, 2);
                Assert.NotEmpty(builder.Build().ToString());
            }
        }
        catch (InputException e)
        {
            Texts.AssertOneLine(e.Message);
            Assert.StartsWith("my.ansatz:", e.Message, StringComparison.Ordinal);
        }
    }
}
