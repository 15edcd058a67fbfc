using System.Globalization;
using Fovea.Laboratory.Reports;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class AnalysisTextTests
{
    [Fact]
    public void Text_HasEverySection()
    {
        var lines = AnalysisText.Write(Samples.Analysis("half-range", 8, 3)).Split('\n');
        string[] expected =
        [
            "Circuit",
            "  ansatz                  half-range (candidate reconstruction)",
            "  size                    n = 8, L = 3", "  parameters              72, 64 live",
            "  blocks                  4 independent blocks (0, 4 | 1, 5 | 2, 6 | 3, 7)", "  without encoding        changes |0…0⟩",
            "  dead parameters         8 of 72 parameters are dead (11 %), as no output depends on them",
            "    8 parameters          a rotation about Z before the measurement of Z: RZ(w64) 0, RZ(w65) 1,",
            "  live pairs              0.060 ± 0.003", "  highest order           4", "    share of order 2      0.250 ± 0.010",
            "  engine                  state vector", "  seed                    42",
        ];
        Assert.All(expected, line => Assert.Contains(line, lines));
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Tables_AreAligned()
    {
        var lines = AnalysisText.Write(Samples.Analysis("strongly-entangling", 8, 3)).Split('\n');
        var start = Array.IndexOf(lines, "Resilience") + 1;
        Assert.Equal("  noise           relative error       fidelity  2-qubit gates  SWAPs  depth    µs", lines[start]);
        Assert.Equal("  depolarizing     0.343 ± 0.005  0.549 ± 0.009              –      –      –     –", lines[start + 1]);
        Assert.All(lines[start..(start + 5)], line => Assert.Equal(lines[start].Length, line.Length));
    }

    [Fact]
    public void Text_SaysWhatThereIsNoFigureFor()
    {
        var text = AnalysisText.Write(Samples.Awkward().Cells[^1]);
        Assert.Contains("  none                    not told for so many qubits\n", text, StringComparison.Ordinal);
        Assert.Contains("  none                    not asked for, or too many terms\n", text, StringComparison.Ordinal);
        Assert.Contains("  heavy-hex               can't run: 4 qubits, \"it\" has 3, no room.\n", text, StringComparison.Ordinal);
        Assert.Contains("  engine                  speed was not measured\n", text, StringComparison.Ordinal);
        Assert.Contains("∞", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_DoesNotTakeTheCulturesNumbers()
    {
        var analysis = Samples.Analysis("strongly-entangling", 4, 2);
        var expected = AnalysisText.Write(analysis);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = ReportFolder.German();
        try
        {
            Assert.Equal(expected, AnalysisText.Write(analysis));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
