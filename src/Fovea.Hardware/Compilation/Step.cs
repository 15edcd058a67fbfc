using Fovea.Quantum.Circuits;

namespace Fovea.Hardware.Compilation;

/// <summary>One step of a circuit between its own gates and those of the device.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="First">Its wire.</param>
/// <param name="Second">Its other wire, −1 for a step on one wire.</param>
/// <param name="Angle">Of turns.</param>
/// <param name="Matrix">Of fixed gates.</param>
internal sealed record Step(StepKind Kind, int First, int Second = -1, Angle Angle = default, QubitMatrix Matrix = default)
{
    public bool IsPair => Second >= 0;

    /// <summary>The same on other wires.</summary>
    public Step On(int first, int second) => this with { First = first, Second = second };
}
