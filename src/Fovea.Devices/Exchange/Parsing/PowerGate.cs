namespace Fovea.Devices.Exchange.Parsing;

/// <summary><c>pow(k) @</c> a gate for a whole k: the gate k times, or its inverse −k times.</summary>
internal sealed record PowerGate(Gate Inner, int Exponent) : Gate("pow @ " + Inner.Name, Inner.ParameterCount, Inner.WireCount)
{
    /// <summary>The largest |k|.</summary>
    public const int MaxExponent = 1024;

    public override int Depth => Inner.Depth + 1;

    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires)
    {
        var gate = Exponent < 0 ? new InverseGate(Inner) : Inner;
        for (var i = 0; i < Math.Abs(Exponent); i++)
        {
            sink.Budget.SpendOperation(sink.Position);
            gate.Expand(sink, angles, wires);
        }
    }
}
