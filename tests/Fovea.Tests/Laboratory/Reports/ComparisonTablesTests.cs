using System.Globalization;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ComparisonTablesTests(ReportFolder report) : IClassFixture<ReportFolder>
{
    [Fact]
    public void Comparison_HasOneRowPerAnalysisWithItsNumbers()
    {
        var rows = CsvText.Rows(report.Text("comparison.csv"));
        Assert.Equal(report.Comparison.Cells.Count, rows.Count);
        foreach (var (row, cell) in rows.Zip(report.Comparison.Cells))
        {
            Assert.Equal(cell.Subject.Ansatz.Name, row["ansatz"]);
            Assert.Equal($"{cell.Subject.Qubits} {cell.Subject.Layers}", $"{row["qubits"]} {row["layers"]}");
            Assert.Equal(cell.Gradients.LivePairs.Value, Number(row["gradient_live_pairs"]));
            Assert.Equal(cell.Gradients.LivePairs.StandardError, Number(row["gradient_live_pairs_se"]));
            Assert.Equal(cell.Entanglement.MeyerWallachEncoded.Value, Number(row["meyer_wallach_encoded"]));
            Assert.Equal(cell.Cost.OneQubitGates + cell.Cost.TwoQubitGates, Number(row["gates"]));
        }
    }

    [Fact]
    public void Comparison_HasColumnsForEveryNoise()
    {
        var cell = report.Comparison.Cells[3];
        var row = CsvText.Rows(report.Text("comparison.csv"))[3];
        foreach (var noise in cell.Resilience.Where(noise => noise.Compiled is not null))
        {
            var prefix = noise.Noise.Replace('-', '_');
            Assert.Equal(noise.RelativeError!.Value.Value, Number(row[$"{prefix}_relative_error"]));
            Assert.Equal(noise.Fidelity!.Value.StandardError, Number(row[$"{prefix}_fidelity_se"]));
            Assert.Equal(noise.Compiled!.Entanglers, Number(row[$"{prefix}_native_two_qubit_gates"]));
            Assert.Equal(noise.Compiled.Swaps, Number(row[$"{prefix}_swaps"]));
            Assert.Equal(noise.Compiled.Depth, Number(row[$"{prefix}_depth"]));
            Assert.Equal(noise.Compiled.Seconds * 1e6, Number(row[$"{prefix}_microseconds"]));
        }

        Assert.Equal("", row["depolarizing_swaps"]);
    }

    [Fact]
    public void Comparison_LeavesCellsEmptyWhereThereIsNoFigure()
    {
        var row = CsvText.Rows(report.Text("comparison.csv"))[^1];
        Assert.Equal("Infinity", row["depolarizing_relative_error"]);
        Assert.Equal("4 qubits, \"it\" has 3, no room.", row["heavy_hex_refusal"]);
        string[] empty =
        [
            "depolarizing_relative_error_se", "depolarizing_fidelity", "heavy_hex_relative_error", "heavy_hex_swaps", "trapped_ion_fidelity", "expressibility",
            "spectrum_terms", "spectrum_power_order_2", "engine", "forward_circuits_per_second",
        ];
        Assert.All(empty, name => Assert.Equal("", row[name]));
    }

    [Fact]
    public void Comparison_SaysWhatIsAReconstruction()
    {
        var status = CsvText.Rows(report.Text("comparison.csv")).Select(row => $"{row["ansatz"]} {row["status"]}").Distinct();
        Assert.Equal(["strongly-entangling standard", "ese2-recon reconstruction", "half-range candidate", "hostile own"], status);
    }

    [Fact]
    public void Gradients_HasOneRowPerOutputAndParameter()
    {
        var rows = CsvText.Rows(report.Text("gradients.csv"));
        Assert.Equal(report.Comparison.Cells.Sum(cell => cell.Gradients.Pairs.Sum(row => row.Count)), rows.Count);
        var last = report.Comparison.Cells[^1];
        Assert.Equal("3", rows[^1]["output"]);
        Assert.Equal($"{last.Cost.Parameters - 1}", rows[^1]["parameter"]);
        Assert.Equal(last.Gradients.Pairs[^1][^1], Number(rows[^1]["mean_square"]));
    }

    [Fact]
    public void Decay_HasOneRowPerFit()
    {
        var rows = CsvText.Rows(report.Text("decay.csv"));
        Assert.Equal(report.Comparison.Decays.Count, rows.Count);
        Assert.Equal("2 4", rows[0]["qubits_fitted"]);
        Assert.Equal(report.Comparison.Decays[0].Rate, Number(rows[0]["rate_per_qubit"]));
        Assert.Equal("", rows[^1]["rate_per_qubit"]);
        Assert.Equal("-Infinity", rows[^1]["rate_low"]);
        Assert.Equal("unknown", rows[^1]["trend"]);
    }

    [Theory]
    [InlineData("comparison.csv")]
    [InlineData("gradients.csv")]
    [InlineData("decay.csv")]
    [InlineData("comparison.json")]
    [InlineData("index.html")]
    public void NoFile_SaysNaN(string file) => Assert.DoesNotMatch(@"(?<![\w+/])NaN(?![\w+/(])", report.Text(file));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
