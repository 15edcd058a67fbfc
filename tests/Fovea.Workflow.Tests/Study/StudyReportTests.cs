using System.Text.Json;
using System.Xml.Linq;
using Fovea.Study.Analysis;
using Fovea.Study.Reports;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

public sealed class StudyReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-study-").FullName;

    [Fact]
    public void Write_Example_IsOnePageThatNeedsNothingElse()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var files = StudyReport.Write(StudyAnalysis.Analyze(definition, cells, failures), _folder, _folder);
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(_folder, file)).Length > 0));
        var page = File.ReadAllText(Path.Combine(_folder, StudyReport.PageName));
        var document = XDocument.Parse(page);
        // An address, not these four letters: pictures in base64 hold them by chance.
        Assert.DoesNotContain("http://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(4, document.Descendants("picture").Count());
        // What is seen first: every comparison in one picture, with a sentence a question.
        var first = document.Descendants("section").First();
        Assert.Equal("glance", (string?)first.Attribute("id"));
        Assert.Single(first.Descendants("picture"));
        Assert.Equal(definition.Questions.Select(question => question.Title), first.Descendants("strong").Select(title => title.Value));
        Assert.Contains(new string('f', 64), page);
        foreach (var text in
                new[]
                {
                    "14 of 18 cells are finished", "diverged at step 812", "not run yet", "Our reconstruction of the ansatz",
                    "is 0.25: it cannot reject at 0.05",
                })
        {
            Assert.Contains(text, document.Root!.Value);
        }
    }

    [Fact]
    public void Write_Tables_HaveARowACellAndMetricAndTheReasons()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        StudyReport.Write(StudyAnalysis.Analyze(definition, cells, failures), _folder, _folder);
        var lines = File.ReadAllLines(Path.Combine(_folder, StudyReport.CsvName));
        Assert.Equal(14, lines.Count(line => line.Contains(",gradable,", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("frozen-all-seed2,frozen,all,,2,diverged", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, StudyReport.JsonName)));
        Assert.Equal(4, json.RootElement.GetProperty("not_finished").GetArrayLength());
        Assert.Equal(14, json.RootElement.GetProperty("cells").GetArrayLength());
    }

    /// <summary>Cells of images without judges have neither gradability nor distances, as files and on the page.</summary>
    [Fact]
    public void Write_CellsWithoutJudges_HaveNoColumnsOfThem()
    {
        var cells = new[] { 0, 1 }.SelectMany(seed => new[] { "classical", "quantum" }.Select(arm =>
            CraftedStudy.Cell(arm, seed, "", 40) with { Gradability = null, Distances = [], Copies = [new("pixels", new(11, 200), new(2, 200))] })).ToArray();
        Assert.All(cells, cell => Assert.Null(CellResults.ReadFile(CellResults.Write(_folder, cell)).Gradability));
        var analysis = Analyse(cells, [0, 1]);
        StudyReport.Write(analysis, _folder, _folder);
        var page = XDocument.Parse(File.ReadAllText(Path.Combine(_folder, StudyReport.PageName)));
        Assert.DoesNotContain(page.Descendants("th"), heading => heading.Value is "gradable" or "of real" or "of reconstructed");
        Assert.DoesNotContain(page.Descendants("dt"), term => term.Value == "Our grader");
        Assert.DoesNotContain(analysis.Comparisons.SelectMany(question => question.Comparisons), comparison => comparison.Metric.Key == StudyMetrics.Gradable);
        Assert.NotEmpty(StudyText.Lines(analysis));
    }

    [Fact]
    public void Lines_CraftedNumbers_SayWhatTheySay()
    {
        // Distances 40, 41, 42 against 40, 40, 40: mean 1, standard deviation 1, 4.303/√3 = 2.484.
        var cells = new[] { 0, 1, 2 }.SelectMany(
            seed => new[]
            {
                CraftedStudy.Cell("classical", seed, CraftedStudy.Bits(100), 40),
                CraftedStudy.Cell("quantum", seed, CraftedStudy.Bits(100), 40 + seed),
            });
        var text = string.Join('\n', StudyText.Lines(Analyse([.. cells], [0, 1, 2])));
        Assert.Contains(
            "FD(FundusNet), all training images: quantum 41.0, classical 40.0: no measurable difference (n = 3 seeds, "
                + "difference +1.00, interval [-1.48, 3.48]).",
            text);
        Assert.Contains("difference 0.0 points, interval [0.0, 0.0]", text);
    }

    [Fact]
    public void Lines_OneSeed_SayThatAnotherIsNotKnown()
    {
        var text = string.Join(
            '\n',
            StudyText.Lines(
                Analyse(
                    [
                        CraftedStudy.Cell("classical", 0, CraftedStudy.Bits(100), 40),
                        CraftedStudy.Cell("quantum", 0, CraftedStudy.Bits(100), 30),
                    ],
                    [0])));
        Assert.Contains(
            "quantum is better (n = 1 seed, difference -10.0, interval [-12.8, -7.2]); one training each: what another seed would give is not known.", text);
    }

    [Fact]
    public void Table_Example_HoldsAllArms()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var lines = StudyMarkdown.Table(StudyAnalysis.Analyze(definition, cells, failures)).TrimEnd().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.Contains("| reference | reference |", lines[2]);
        Assert.StartsWith("| frozen | 2 of 3 (seed 2: diverged at step 812", lines[4]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static StudyAnalysis Analyse(IReadOnlyList<Fovea.Study.Results.CellResult> cells, int[] seeds) =>
        StudyAnalysis.Analyze(CraftedStudy.Definition(seeds), cells, new Dictionary<string, string>());
}
