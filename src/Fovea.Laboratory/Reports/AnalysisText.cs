using Fovea.Laboratory.Reports.Terminal;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports;

/// <summary>One analysis as plain text.</summary>
public static class AnalysisText
{
    /// <summary>The text, in sections of aligned lines; ends with a line feed.</summary>
    public static string Of(AnsatzAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return string.Join(
            '\n',
            new[]
            {
                CircuitSections.Circuit(analysis), CircuitSections.Structure(analysis), FigureSections.Gradients(analysis), FigureSections.Entanglement(analysis),
                FigureSections.Expressibility(analysis), FigureSections.Spectrum(analysis), ResilienceSection.Of(analysis), CircuitSections.Cost(analysis),
            }.Select(section => section.ToString()));
    }
}
