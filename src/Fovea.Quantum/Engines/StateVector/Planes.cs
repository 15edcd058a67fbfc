namespace Fovea.Quantum.Engines.StateVector;

/// <summary>A complex array of lanes: real and imaginary planes, [slot] each.</summary>
internal readonly unsafe struct Planes<TLanes>(TLanes* re, TLanes* im)
    where TLanes : unmanaged
{
    /// <summary>Real parts.</summary>
    public readonly TLanes* Re = re;

    /// <summary>Imaginary parts.</summary>
    public readonly TLanes* Im = im;
}
