using System.Globalization;
using Fovea.Hardware.Compilation;
using Fovea.Laboratory.Reports.Words;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Terminal;

/// <summary>What each noise does, with what the circuit costs on its device.</summary>
internal static class ResilienceSection
{
    public static TextSection Of(AnsatzAnalysis analysis)
    {
        var section = new TextSection("Resilience");
        if (analysis.Resilience.Count == 0)
            return section.Line("none", "no noise was asked for");
        section.Table([["noise", "relative error", "fidelity", "2-qubit gates", "SWAPs", "depth", "µs"], .. analysis.Resilience.Select(Row)]);
        foreach (var noise in analysis.Resilience.Where(noise => noise.Refusal is not null))
            section.Line(noise.Noise, $"can't run: {noise.Refusal}");
        return section;
    }

    private static string[] Row(NoiseResilience noise) =>
    [
        noise.Noise, Estimates.Text(noise.RelativeError), Estimates.Text(noise.Fidelity), Whole(noise, compiled => compiled.Entanglers),
        Whole(noise, compiled => compiled.Swaps), Whole(noise, compiled => compiled.Depth),
        noise.Compiled is { } c ? Figures.Number(c.Seconds * 1e6) : Figures.None,
    ];

    private static string Whole(NoiseResilience noise, Func<CompilationReport, int> figure) =>
        noise.Compiled is { } compiled ? figure(compiled).ToString(CultureInfo.InvariantCulture) : Figures.None;
}
