using System.Text.Json;
using Fovea.Laboratory.Reports;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ReportJsonTests(ReportFolder report) : IClassFixture<ReportFolder>
{
    [Fact]
    public void Comparison_BeginsWithSettings()
    {
        using var document = Read();
        string[] names = ["encoding", "reupload", "seed", "seconds", "ansaetze", "decays", "cells"];
        Assert.Equal(names, document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(42, document.RootElement.GetProperty("seed").GetInt32());
        Assert.Equal(75.25, document.RootElement.GetProperty("seconds").GetDouble());
    }

    [Fact]
    public void Comparison_NamesAnsaetzeWithoutTheirGates()
    {
        using var document = Read();
        var ansatz = document.RootElement.GetProperty("cells")[4].GetProperty("subject").GetProperty("ansatz");
        Assert.Equal(["name", "status", "description"], ansatz.EnumerateObject().Select(property => property.Name));
        Assert.Equal("ese2-recon", ansatz.GetProperty("name").GetString());
        Assert.Equal("reconstruction", ansatz.GetProperty("status").GetString());
        Assert.Equal(4, document.RootElement.GetProperty("ansaetze").GetArrayLength());
    }

    [Fact]
    public void Comparison_KeepsFiguresExactly()
    {
        using var document = Read();
        foreach (var (json, cell) in document.RootElement.GetProperty("cells").EnumerateArray().Zip(report.Comparison.Cells))
        {
            var live = json.GetProperty("gradients").GetProperty("live_pairs");
            Assert.Equal(cell.Gradients.LivePairs.Value, live.GetProperty("value").GetDouble());
            Assert.Equal(cell.Gradients.LivePairs.StandardError, live.GetProperty("standard_error").GetDouble());
            Assert.Equal(cell.Gradients.LivePairs.Samples, live.GetProperty("samples").GetInt32());
            Assert.Equal(cell.Gradients.Pairs[1], json.GetProperty("gradients").GetProperty("pairs")[1].EnumerateArray().Select(number => number.GetDouble()));
            Assert.Equal(
                cell.Structure.Blocks[^1], json.GetProperty("structure").GetProperty("blocks")[cell.Structure.Blocks.Count - 1].EnumerateArray()
                    .Select(number => number.GetInt32()));
            Assert.Equal("Y", json.GetProperty("subject").GetProperty("encoding").GetString());
        }
    }

    [Fact]
    public void Comparison_WritesWhatJsonHasNoNumberFor()
    {
        using var document = Read();
        var resilience = document.RootElement.GetProperty("cells").EnumerateArray().Last().GetProperty("resilience");
        Assert.Equal("Infinity", resilience[0].GetProperty("relative_error").GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Null, resilience[0].GetProperty("relative_error").GetProperty("standard_error").ValueKind);
        Assert.Equal(JsonValueKind.Null, resilience[1].GetProperty("relative_error").ValueKind);
        Assert.Equal("4 qubits, \"it\" has 3, no room.", resilience[1].GetProperty("refusal").GetString());
        Assert.Equal("unknown", document.RootElement.GetProperty("decays").EnumerateArray().Last().GetProperty("trend").GetString());
    }

    [Fact]
    public void Comparison_IsTheSameTextEachTime()
    {
        using var again = new ReportFolder();
        Assert.Equal(report.Text("comparison.json"), again.Text("comparison.json"));
    }

    [Fact]
    public void Analysis_IsWrittenLikeACellOfAComparison()
    {
        var analysis = report.Comparison.Cells[0];
        AnalysisReport.Write(analysis, Path.GetDirectoryName(report.PathOf("x"))!);
        var text = report.Text(AnalysisReport.FileName);
        Assert.Equal(AnalysisReport.Json(analysis) + "\n", text);
        using var document = JsonDocument.Parse(text);
        Assert.Equal(analysis.Cost.LiveParameters, document.RootElement.GetProperty("cost").GetProperty("live_parameters").GetInt32());
        Assert.Equal(
            analysis.Resilience[1].Compiled!.Swaps, document.RootElement.GetProperty("resilience")[1].GetProperty("compiled").GetProperty("swaps").GetInt32());
    }

    private JsonDocument Read() => JsonDocument.Parse(report.Text("comparison.json"));
}
