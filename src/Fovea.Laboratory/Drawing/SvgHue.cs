using Fovea.Quantum.Circuits;

namespace Fovea.Laboratory.Drawing;

/// <summary>The colours of a gate, by where its angle comes from. Blue and orange stay apart for colour-blind readers.</summary>
/// <param name="Meaning">For the legend.</param>
/// <param name="Line">Outlines, dots and connecting lines.</param>
/// <param name="Fill">Inside of boxes.</param>
/// <param name="Text">Labels.</param>
internal sealed record SvgHue(string Meaning, string Line, string Fill, string Text)
{
    /// <summary>Broken outlines, so that the mark does not rest on colour alone.</summary>
    public bool IsBroken { get; private init; }

    public static SvgHue Input { get; } = new("takes an input x", "#2563eb", "#dbeafe", "#1e3a8a");

    public static SvgHue Weight { get; } = new("takes a weight θ", "#d97706", "#fef3c7", "#78350f");

    public static SvgHue Fixed { get; } = new("fixed", "#475569", "#f1f5f9", "#1e293b");

    public static SvgHue Dead { get; } = new("dead: no output depends on its angle", "#be123c", "#ffffff", "#be123c") { IsBroken = true };

    public static SvgHue Of(Operation operation, bool isDead) => operation.Angle switch
    {
        _ when isDead => Dead,
        { Source: AngleSource.Weight } => Weight,
        { Source: AngleSource.Input or AngleSource.InputProduct } => Input,
        _ => Fixed,
    };
}
