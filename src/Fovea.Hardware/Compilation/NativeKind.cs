namespace Fovea.Hardware.Compilation;

/// <summary>What a device does.</summary>
internal enum NativeKind
{
    /// <summary>A virtual RZ.</summary>
    Rotation,

    /// <summary>A quarter turn about X.</summary>
    Pulse,

    /// <summary>The device's two-qubit gate.</summary>
    Entangler,
}
