namespace Fovea.Hardware.Compilation;

/// <summary>Entanglers that are done, undone and done again (arXiv 2005.10921). All but RZZ are their own inverses.</summary>
internal static class Folding
{
    /// <summary>The gates with every entangler G as G(G†G)…</summary>
    /// <param name="gates">In order.</param>
    /// <param name="factor">Odd: how many stand for one.</param>
    public static IReadOnlyList<NativeGate> Apply(IReadOnlyList<NativeGate> gates, int factor) =>
        factor == 1 ? gates : [.. gates.SelectMany(gate => Enumerable.Range(0, gate.Kind == NativeKind.Entangler ? factor : 1)
            .Select(fold => int.IsEvenInteger(fold) ? gate : Inverse(gate)))];

    private static NativeGate Inverse(NativeGate gate) =>
        gate.Angle is { } angle ? gate with { Angle = angle.Times(-1), Sense = -gate.Sense } : gate;
}
