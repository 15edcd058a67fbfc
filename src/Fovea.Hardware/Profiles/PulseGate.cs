namespace Fovea.Hardware.Profiles;

/// <summary>The native quarter turn of a device. RZ is always native, virtual and free of noise.</summary>
public enum PulseGate
{
    /// <summary>The square root of X.</summary>
    SX,

    /// <summary>A quarter turn about an axis in the equator; with virtual RZ the same as SX up to phase.</summary>
    GPI2,
}
