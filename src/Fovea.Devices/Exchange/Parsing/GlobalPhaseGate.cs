namespace Fovea.Devices.Exchange.Parsing;

/// <summary><c>gphase(φ)</c>: the factor e^{iφ}, which matters under a control only.</summary>
internal sealed record GlobalPhaseGate() : Gate("gphase", 1, 0)
{
    public override void Expand(GateSink sink, ReadOnlySpan<AngleForm> angles, ReadOnlySpan<int> wires) => sink.AddPhase(angles[0]);
}
