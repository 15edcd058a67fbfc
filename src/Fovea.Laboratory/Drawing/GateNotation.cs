using System.Globalization;
using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>The usual signs of gates, shared by all drawings.</summary>
internal static class GateNotation
{
    /// <summary>How an operation shows on the wire at a position of <see cref="Operation.Wires"/>.</summary>
    public static WireRole Role(Operation operation, int position) => operation.Kind switch
    {
        GateKind.SWAP => WireRole.Exchange,
        GateKind.CZ => WireRole.Control,
        GateKind.CNOT or GateKind.Toffoli => IsLast(operation, position) ? WireRole.Flip : WireRole.Control,
        GateKind.CY or GateKind.CRX or GateKind.CRY or GateKind.CRZ or GateKind.ControlledPhase when !IsLast(operation, position) =>
            WireRole.Control,
        _ => WireRole.Box,
    };

    /// <summary>What a box says before the angle: of a controlled gate, what it does to its target.</summary>
    public static string Name(GateKind kind) => kind switch
    {
        GateKind.CY => nameof(GateKind.Y),
        GateKind.CRX => nameof(GateKind.RX),
        GateKind.CRY => nameof(GateKind.RY),
        GateKind.CRZ => nameof(GateKind.RZ),
        GateKind.ControlledPhase => nameof(GateKind.Phase),
        _ => kind.ToString(),
    };

    private static bool IsLast(Operation operation, int position) => position == operation.Wires.Length - 1;
}

/// <summary>Angles short enough for a drawing: four digits, or a fraction of π where they are one.</summary>
internal static class AngleLabel
{
    private static readonly int[] Denominators = [1, 2, 3, 4, 6, 8];

    /// <summary>"π/2", "2·" "x" "0", …, an index apart from its letter.</summary>
    /// <param name="angle">The angle.</param>
    /// <param name="weight">The letter of weights.</param>
    public static IReadOnlyList<LabelRun> Of(Angle angle, char weight) => angle.Source switch
    {
        AngleSource.Constant => [new(Number(angle.Scale))],
        AngleSource.Weight => [new($"{Factor(angle.Scale)}{weight}"), Index(angle.Index)],
        AngleSource.Input => [new($"{Factor(angle.Scale)}x"), Index(angle.Index)],
        _ => [new($"{Factor(angle.Scale)}x"), Index(angle.Index), new("·x"), Index(angle.SecondIndex)],
    };

    /// <summary>"0.1235", "π", "-3π/4".</summary>
    public static string Number(double value)
    {
        foreach (var denominator in Denominators)
        {
            var multiple = value * denominator / Math.PI;
            var whole = Math.Round(multiple);
            // Fractions beyond these read no better than digits.
            if (whole == 0 || Math.Abs(whole) > 16 || Math.Abs(multiple - whole) > 1e-12)
                continue;
            var factor = whole switch { 1 => "", -1 => "-", _ => whole.ToString(CultureInfo.InvariantCulture) };
            return denominator == 1 ? $"{factor}π" : $"{factor}π/{denominator}";
        }

        // The sum turns -0 into 0.
        return (value + 0.0).ToString("G4", CultureInfo.InvariantCulture);
    }

    private static string Factor(double scale) => scale switch { 1 => "", -1 => "-", _ => $"{Number(scale)}·" };

    private static LabelRun Index(int index) => new(index.ToString(CultureInfo.InvariantCulture), IsSubscript: true);
}

/// <summary>A piece of a label, on the line or below it.</summary>
/// <param name="Text">The characters.</param>
/// <param name="IsSubscript">Whether it is an index of what stands before it.</param>
internal readonly record struct LabelRun(string Text, bool IsSubscript = false);

/// <summary>How a gate shows on one of its wires.</summary>
internal enum WireRole
{
    /// <summary>Its name and angle.</summary>
    Box,

    /// <summary>A dot.</summary>
    Control,

    /// <summary>The ⊕ of a controlled X.</summary>
    Flip,

    /// <summary>The × of an exchange.</summary>
    Exchange,
}
