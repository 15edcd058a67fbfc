using System.Xml.Linq;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ComparisonPageTests(ReportFolder report) : IClassFixture<ReportFolder>
{
    private readonly XDocument _page = XDocument.Parse(report.Text("index.html"));

    [Fact]
    public void Page_LoadsNothing()
    {
        foreach (var attribute in _page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href" or "srcset"))
        {
            Assert.True(
                attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || attribute.Value.StartsWith('#'), attribute.Name.LocalName);
        }

        var text = report.Text("index.html");
        Assert.All(new[] { "http:", "https:", "url(", "@import", "<link", "fetch(" }, load => Assert.DoesNotContain(load, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_LeadToSections()
    {
        var ids = _page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(_page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
    }

    [Fact]
    public void Descriptions_CannotBecomeMarkup()
    {
        Assert.Single(_page.Descendants("script"));
        Assert.Contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp; \"quotes\"", report.Text("index.html"), StringComparison.Ordinal);
        Assert.Contains(_page.Descendants("p"), p => p.Value.StartsWith("<script>alert('x')</script> & ", StringComparison.Ordinal));
    }

    [Fact]
    public void OnlyVoidElements_AreClosedInPlace()
    {
        var closed = System.Text.RegularExpressions.Regex.Matches(report.Text("index.html"), "<([a-z0-9]+)[^<>]*/>").Select(match => match.Groups[1].Value)
            .Distinct();
        Assert.Equal(["img", "meta", "source"], closed.Order());
    }

    [Fact]
    public void AllSizes_SortByEveryColumn()
    {
        var table = Section("cells").Descendants("table").Single();
        var headings = table.Descendants("th").Where(th => th.Attribute("aria-sort") is not null).ToList();
        Assert.All(headings, heading => Assert.Equal("button", Assert.Single(heading.Elements("button")).Attribute("type")!.Value));
        var rows = table.Element("tbody")!.Elements("tr").ToList();
        Assert.Equal(report.Comparison.Cells.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(headings.Count, row.Elements().Count(cell => cell.Attribute("data-value") is not null)));
        var spans = table.Descendants("tr").First().Elements("th").Sum(th => (int?)th.Attribute("colspan") ?? 1);
        Assert.Equal(headings.Count, spans);
    }

    [Fact]
    public void Figures_HaveTheirErrorsAndGapsADash()
    {
        var rows = Section("cells").Descendants("tbody").Elements("tr").ToList();
        Assert.Contains(" ± ", rows[0].Value, StringComparison.Ordinal);
        Assert.Contains("∞", rows[^1].Value, StringComparison.Ordinal);
        Assert.Contains("–", rows[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconstructions_AreMarkedEverywhere()
    {
        foreach (var text in _page.DescendantNodes().OfType<XText>().Where(text => text.Value.Contains("ese2-recon", StringComparison.Ordinal)))
        {
            var context = text.Parent!.Name.LocalName == "button" ? "(reconstruction)" : text.Parent.Value;
            Assert.Contains("ese2-recon (reconstruction)", context, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DeadParameters_AreFoldedWithReasons()
    {
        var folded = Section("dead").Elements("details").ToList();
        Assert.Equal(3, folded.Count);
        Assert.All(folded, details => Assert.Null(details.Attribute("open")));
        Assert.Contains("a rotation about Z before the measurement of Z: RZ(w", folded[0].Value, StringComparison.Ordinal);
        Assert.Contains("hostile (own): none at any size.", Section("dead").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_AreOnThePageForLightAndDark()
    {
        var pictures = _page.Descendants("picture").ToList();
        Assert.Equal(6, pictures.Count);
        Assert.All(
            pictures, picture => Assert.NotEqual(picture.Element("img")!.Attribute("src")!.Value, picture.Element("source")!.Attribute("srcset")!.Value));
        Assert.All(pictures, picture => Assert.NotEmpty(picture.Element("img")!.Attribute("alt")!.Value));
    }

    [Fact]
    public void Captions_SayWhatIsMissing()
    {
        var captions = string.Concat(_page.Descendants("figcaption").Select(caption => caption.Value));
        Assert.Contains("hostile (own) has no marker for heavy-hex: 4 qubits, \"it\" has 3, no room.", captions, StringComparison.Ordinal);
        Assert.Contains("The relative error of hostile (own) under depolarizing is infinite", captions, StringComparison.Ordinal);
    }

    private XElement Section(string id) => _page.Descendants("section").Single(section => (string?)section.Attribute("id") == id);
}
