using Fovea.Quantum.Circuits;

namespace Fovea.Devices.Compilation;

/// <summary>Steps in time order, with the gates that are short to say in them. All equalities hold up to a phase.</summary>
internal sealed class StepList
{
    private const double Tolerance = 1e-12;
    private readonly List<Step> _steps = [];

    public IReadOnlyList<Step> Steps => _steps;

    public void Add(Step step) => _steps.Add(step);

    public void Fixed(GateKind kind, int wire, double angle = 0) => Fixed(QubitMatrix.Of(kind, angle), wire);

    public void Fixed(QubitMatrix matrix, int wire) => Add(new(StepKind.Fixed, wire, Matrix: matrix));

    /// <summary>RZ.</summary>
    public void Turn(Angle angle, int wire)
    {
        if (angle.Source == AngleSource.Constant)
            Fixed(GateKind.RZ, wire, angle.Scale);
        else
            Add(new(StepKind.Turn, wire, Angle: angle));
    }

    public void ControlledZ(int first, int second) => Add(new(StepKind.ControlledZ, first, second));

    /// <summary>CX = H·CZ·H on the target.</summary>
    public void ControlledX(int control, int target)
    {
        Fixed(GateKind.H, target);
        ControlledZ(control, target);
        Fixed(GateKind.H, target);
    }

    /// <summary>RZZ. Multiples of π/2 are Clifford gates: RZZ(±π/2) = CZ·RZ(±π/2)·RZ(±π/2) and RZZ(π) = Z·Z.</summary>
    public void ZzTurn(Angle angle, int first, int second)
    {
        var quarters = angle.Scale / (Math.PI / 2);
        if (angle.Source != AngleSource.Constant || Math.Abs(quarters - Math.Round(quarters)) > Tolerance)
        {
            Add(new(StepKind.ZzTurn, first, second, angle));
            return;
        }

        if (!double.IsEvenInteger(Math.Round(quarters)))
            ControlledZ(first, second);
        Fixed(GateKind.RZ, first, angle.Scale);
        Fixed(GateKind.RZ, second, angle.Scale);
    }

    /// <summary>CRZ(θ) = RZ(θ/2) on the target · RZZ(−θ/2).</summary>
    public void ControlledTurn(Angle angle, int control, int target)
    {
        Turn(angle.Times(0.5), target);
        ZzTurn(angle.Times(-0.5), control, target);
    }

    public void Swap(int first, int second) => Add(new(StepKind.Swap, first, second));
}

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

/// <summary>The few things every gate is made of before the device's own gates come in.</summary>
internal enum StepKind
{
    /// <summary>A fixed gate on one qubit.</summary>
    Fixed,

    /// <summary>RZ of an angle that is not constant.</summary>
    Turn,

    /// <summary>CZ.</summary>
    ControlledZ,

    /// <summary>RZZ of an angle for which it is no Clifford gate.</summary>
    ZzTurn,

    /// <summary>SWAP.</summary>
    Swap,
}
