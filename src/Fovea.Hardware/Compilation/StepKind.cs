namespace Fovea.Hardware.Compilation;

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
