using System.Text;
using Fovea.Laboratory.Results;

namespace Fovea.Laboratory.Reports;

/// <summary>One analysis as a file.</summary>
public static class AnalysisReport
{
    /// <summary>The file's name.</summary>
    public const string FileName = "analysis.json";

    /// <summary>Writes <see cref="FileName"/> into an existing folder.</summary>
    public static void Write(AnsatzAnalysis analysis, string folder) => ComparisonJson.Format.Write(Path.Combine(folder, FileName), Checked(analysis));

    /// <summary>The analysis as JSON.</summary>
    public static string Json(AnsatzAnalysis analysis) => ComparisonJson.Format.Text(Checked(analysis));

    private static AnsatzAnalysis Checked(AnsatzAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis;
    }
}

/// <summary>One analysis as plain text.</summary>
public static class AnalysisText
{
    /// <summary>The text, in sections of aligned lines; ends with a line feed.</summary>
    public static string Write(AnsatzAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return string.Join(
            '\n',
            new[]
            {
                CircuitSections.Circuit(analysis), CircuitSections.Structure(analysis),
                FigureSections.Gradients(analysis), FigureSections.Entanglement(analysis),
                FigureSections.Expressibility(analysis), FigureSections.Spectrum(analysis), ResilienceSection.Write(analysis), CircuitSections.Cost(analysis),
            }.Select(section => section.ToString()));
    }
}

/// <summary>Figures of an analysis that several reports show.</summary>
internal static class AnalysisFigures
{
    /// <summary>Its numbers of qubits and layers.</summary>
    public static CellSize Size(this AnsatzAnalysis analysis) => new(analysis.Subject.Qubits, analysis.Subject.Layers);

    /// <summary>What that noise does, or null.</summary>
    public static NoiseResilience? Under(this AnsatzAnalysis analysis, string noise) => analysis.Resilience.FirstOrDefault(r => r.Noise == noise);

    /// <summary>The relative error under that noise where it is a number, or null.</summary>
    public static Estimate? FiniteError(this AnsatzAnalysis analysis, string noise) =>
        analysis.Under(noise)?.RelativeError is { } error && double.IsFinite(error.Value) ? error : null;

    /// <summary>Gates of the circuit before any device is chosen.</summary>
    public static int Gates(this CircuitCost cost) => cost.OneQubitGates + cost.TwoQubitGates;

    /// <summary>Terms of the outputs together.</summary>
    public static int TotalTerms(this FourierSpectrum spectrum) => spectrum.Terms.Sum();

    /// <summary>The power at that order; exactly 0 beyond the highest.</summary>
    public static Estimate PowerAt(this FourierSpectrum spectrum, int order) =>
        order < spectrum.PowerByOrder.Count ? spectrum.PowerByOrder[order] : Estimate.Exact(0);
}

/// <summary>A heading and lines under it, names and figures in columns, long texts wrapped.</summary>
internal sealed class TextSection(string heading)
{
    private const int NameWidth = 24;
    private const int Width = 100;
    private const string Indent = "  ";
    private readonly StringBuilder _text = new(heading + "\n");

    /// <summary>A named figure, or a text that is continued under its own beginning.</summary>
    public TextSection Line(string name, string value)
    {
        var lead = Indent + name.PadRight(NameWidth);
        foreach (var line in Wrapped(value, Width - lead.Length))
        {
            _text.Append(lead).Append(line).Append('\n');
            lead = new string(' ', lead.Length);
        }

        return this;
    }

    /// <summary>Rows of cells: the first column flush left, the others right.</summary>
    public TextSection Table(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]));
            _text.Append((Indent + string.Join("  ", cells)).TrimEnd()).Append('\n');
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
