using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Terminal;

/// <summary>What is known without sampling.</summary>
internal static class CircuitSections
{
    private const int ShownParameters = 12;

    public static TextSection Circuit(AnsatzAnalysis analysis)
    {
        var subject = analysis.Subject;
        return new TextSection("Circuit")
            .Line("ansatz", AnsatzLabel.Of(subject.Ansatz))
            .Line("", subject.Ansatz.Description)
            .Line("size", analysis.Size().ToString())
            .Line("encoding", subject.Encoding.Name() + (subject.Reupload ? ", repeated before every layer" : ", once at the start"))
            .Line("parameters", $"{analysis.Cost.Parameters}, {analysis.Cost.LiveParameters} live")
            .Line("gates", $"{analysis.Cost.Gates()}: {analysis.Cost.OneQubitGates} on one qubit, {analysis.Cost.TwoQubitGates} on two")
            .Line("depth", $"{analysis.Cost.Depth}");
    }

    public static TextSection Structure(AnsatzAnalysis analysis)
    {
        var structure = analysis.Structure;
        var section = new TextSection("Structure")
            .Line("blocks", structure.Blocks.Count > 1 ? StructureWords.Blocks(analysis) : "all wires are connected")
            .Line("without encoding", structure.IsIdentityWithoutEncoding ? "leaves |0…0⟩ as it is for all parameters" : "changes |0…0⟩")
            .Line("wires that outputs see", Spread(structure.ConeWires))
            .Line("inputs that outputs see", Spread([.. structure.Reach.Select(inputs => inputs.Count)]))
            .Line("dead parameters", StructureWords.DeadParameters(analysis));
        foreach (var dead in structure.DeadParameters.GroupBy(parameter => parameter.Reason))
            section.Line($"  {Figures.Count(dead.Count(), "parameter")}", $"{dead.Key}: {Parameters([.. dead])}");
        return section;
    }

    public static TextSection Cost(AnsatzAnalysis analysis)
    {
        var cost = analysis.Cost;
        return new TextSection("Cost")
            .Line("engine", cost.Engine ?? "speed was not measured")
            .Line("forward", PerSecond(cost.ForwardPerSecond))
            .Line("forward and backward", PerSecond(cost.GradientPerSecond))
            .Line("seed", $"{analysis.Seed}")
            .Line("analysis took", Figures.Duration(analysis.Seconds));
    }

    private static string PerSecond(double? value) => value is { } number ? $"{Figures.Number(number)} circuits a second on one thread" : Figures.None;

    private static string Spread(IReadOnlyList<int> counts) =>
        counts.Count == 0 ? Figures.None : counts.Min() == counts.Max() ? $"{counts[0]} each" : $"{counts.Min()} to {counts.Max()}";

    private static string Parameters(DeadParameter[] dead) =>
        string.Join(", ", dead.Take(ShownParameters).Select(parameter => parameter.Gate.Length == 0 ? $"w{parameter.Index}" : parameter.Gate))
            + (dead.Length > ShownParameters ? $" and {dead.Length - ShownParameters} more" : "");
}
