namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>A gate that a text may call.</summary>
/// <param name="Name">As called.</param>
/// <param name="ParameterCount">Angles it takes.</param>
/// <param name="WireCount">Qubits it takes.</param>
internal abstract record Gate(string Name, int ParameterCount, int WireCount)
{
    /// <summary>The most definitions inside one another.</summary>
    public const int MaxDepth = 64;

    /// <summary>Levels of definitions below this one; 0 for a gate of an include file.</summary>
    public virtual int Depth => 0;

    /// <summary>Appends the gates this stands for, and its global phase.</summary>
    /// <param name="sink">Receives the gates.</param>
    /// <param name="angles">[ParameterCount].</param>
    /// <param name="wires">[WireCount], distinct.</param>
    public abstract void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires);
}
