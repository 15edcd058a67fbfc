using System.Text.Json;
using System.Xml.Linq;
using Fovea.Evaluation.Reports;
using Fovea.Evaluation.Results;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Evaluation.Reports;

public sealed class EvaluationReportTests
{
    private static readonly byte[] Picture = [137, 80, 78, 71, 13, 10, 26, 10];

    [Fact]
    public void Page_LoadsNothing()
    {
        var text = Text(EvaluationSamples.Full(Picture));
        foreach (var attribute in Page(text).Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href" or "srcset"))
            Assert.True(attribute.Value.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || attribute.Value.StartsWith('#'), attribute.Value);
        Assert.All(new[] { "http:", "https:", "url(", "@import", "<link", "fetch(" }, load => Assert.DoesNotContain(load, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_BeginsWithPicturesThenGaugesThenWarnings()
    {
        var page = Page(Text(EvaluationSamples.Full(Picture)));
        Assert.Equal("Evaluation of 200 generated images", page.Descendants("header").Single().Elements().First().Value);
        var parts = page.Descendants("main").Single().Elements().Take(3).ToList();
        Assert.Equal(["glance", "summary"], new[] { parts[0], parts[2] }.Select(part => (string?)part.Attribute("id")));
        Assert.Equal(["beside", "gauges"], parts[0].Elements("div").Select(part => (string?)part.Attribute("class")));
        Assert.Equal(["Generated images", "Real images"], parts[0].Descendants("h3").Select(heading => heading.Value));
        Assert.Equal("warnings", (string?)parts[1].Attribute("class"));
        Assert.Contains("The grader <own> has seen training images", parts[1].Value, StringComparison.Ordinal);
    }

    // A dot stands where its figure says, and the mark where real images do, on a scale from 0 (from a half, where guessing is) to its end.
    [Fact]
    public void Gauges_ShowTheFiguresOfTheResult()
    {
        var result = EvaluationSamples.Full();
        var gauges = Page(Text(result)).Descendants("div").Where(part => (string?)part.Attribute("class") == "gauge").ToList();
        XElement Named(string name) => gauges.First(gauge => gauge.Elements().First().Value == name);
        string Place(XElement gauge, string part) => gauge.Descendants("span").Single(span => (string?)span.Attribute("class") == part)
            .Attribute("style")!.Value;
        var share = result.Gradability!.Generated.Share.Value;
        Assert.Equal(FormattableString.Invariant($"left: {100 * share:0.##}%"), Place(Named("gradable"), "dot"));
        Assert.Equal(FormattableString.Invariant($"left: {100 * result.Gradability.Real.Share.Value:0.##}%"), Place(Named("gradable"), "mark"));
        Assert.Equal(
            FormattableString.Invariant($"left: {100 * (result.TwoSample!.Generated.Value - 0.5) / 0.5:0.##}%"), Place(Named("told from real"), "dot"));
        Assert.Contains("generated images", Named("near copies").Attribute("aria-label")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_CannotBecomeMarkup()
    {
        var page = Page(Text(EvaluationSamples.Full()));
        Assert.Single(page.Descendants("script"));
        Assert.Empty(page.Descendants("scans").Concat(page.Descendants("demo")));
        Assert.Contains(page.Descendants("dt"), name => name.Value == EvaluationSamples.HostileFile);
        Assert.All(page.Descendants("details"), details => Assert.Null(details.Attribute("open")));
    }

    [Fact]
    public void Links_LeadToSections()
    {
        foreach (var page in new[] { Page(Text(EvaluationSamples.Full())), Page(Text(EvaluationSamples.Bare())) })
        {
            var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
        }
    }

    [Fact]
    public void Charts_AreThereForLightAndDark()
    {
        var pictures = Page(Text(EvaluationSamples.Full())).Descendants("picture").ToList();
        Assert.Equal(6, pictures.Count);
        Assert.All(
            pictures, picture => Assert.NotEqual(picture.Element("img")!.Attribute("src")!.Value, picture.Element("source")!.Attribute("srcset")!.Value));
    }

    [Fact]
    public void Photographs_AreShownOnlyWhenGiven()
    {
        Assert.Equal(4, Page(Text(EvaluationSamples.Full(Picture))).Descendants("figure").Count(figure => (string?)figure.Attribute("class") == "picture"));
        var without = Page(Text(EvaluationSamples.Full()));
        Assert.DoesNotContain(without.Descendants("figure"), figure => (string?)figure.Attribute("class") == "picture");
        Assert.Contains("Photographs were left out", without.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingFigures_LeaveAPageThatSaysSo()
    {
        var page = Page(Text(EvaluationSamples.Bare()));
        Assert.Empty(page.Descendants("picture"));
        foreach (var id in new[] { "variety", "two-sample", "fidelity", "fundus", "memorisation", "downstream" })
        {
            Assert.Contains(
                "Not measured.", page.Descendants("section").Single(section => (string?)section.Attribute("id") == id).Value, StringComparison.Ordinal);
        }

        Assert.Contains("Nothing was left out.", page.Root!.Value, StringComparison.Ordinal);
    }

    /// <summary>What belongs to photographs of the retina is not there for others: no empty section, no link to one, no definition, no null.</summary>
    [Fact]
    public void ImagesOfAnotherKind_HaveNoSectionsOfFundusPhotographs()
    {
        var result = EvaluationSamples.Full() with { Fundus = null, Gradability = null };
        var page = Page(Text(result));
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "id" or "href" && attribute.Value.TrimStart('#') is "gradability" or "fundus");
        Assert.DoesNotContain(page.Descendants("dt"), term => term.Value is "Gradable" or "Named figures");
        Assert.Contains(Page(Text(EvaluationSamples.Full())).Descendants("dt"), term => term.Value == "Named figures");
        using var document = Json(result);
        Assert.False(document.RootElement.TryGetProperty("fundus", out _));
        Assert.False(document.RootElement.TryGetProperty("gradability", out _));
    }

    [Fact]
    public void SetsWithoutImages_HaveNoShare()
    {
        var empty = new GradableRate("generated", 0, 0, 0, 0);
        var result = EvaluationSamples.Full() with
        {
            Gradability = EvaluationSamples.Gradability(150, 171, true) with { Generated = empty, Reconstructed = null, Confusion = null },
        };
        Assert.Contains("does not say how it did", Page(Text(result)).Root!.Value, StringComparison.Ordinal);
        using var document = Json(result);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("gradability").GetProperty("generated").GetProperty("share").ValueKind);
    }

    [Fact]
    public void Json_HasFiguresIntervalsAndHashes()
    {
        var result = EvaluationSamples.Full(Picture);
        using var document = Json(result);
        var root = document.RootElement;
        Assert.Equal("42", root.GetProperty("settings").GetProperty("seed").GetString());
        Assert.Equal(result.Real.ContentHash, root.GetProperty("real").GetProperty("content_hash").GetString());
        Assert.Equal(EvaluationSamples.HostileFile, root.GetProperty("real").GetProperty("skipped")[0].GetProperty("file").GetString());
        var frechet = root.GetProperty("features")[0].GetProperty("frechet");
        Assert.Equal(result.Features[0].Frechet.Interval!.Value.Low, frechet.GetProperty("interval").GetProperty("low").GetDouble());
        Assert.Equal(result.Gradability!.AgainstReal.Value, root.GetProperty("gradability").GetProperty("against_real").GetProperty("value").GetDouble());
        Assert.Equal(0.3, root.GetProperty("memorisation")[1].GetProperty("below_fifth").GetProperty("share").GetDouble());
        Assert.Equal(
            (0.95, 171, 180),
            (
                root.GetProperty("two_sample").GetProperty("generated").GetProperty("value").GetDouble(),
                root.GetProperty("two_sample").GetProperty("generated").GetProperty("correct").GetInt32(),
                root.GetProperty("two_sample").GetProperty("generated").GetProperty("total").GetInt32()));
        Assert.Equal(0.31, root.GetProperty("features")[0].GetProperty("support_floor").GetProperty("generated_recall").GetProperty("mean").GetDouble());
        var near = root.GetProperty("memorisation")[0];
        Assert.Equal(
            (0.512, 900),
            (
                near.GetProperty("membership").GetProperty("area").GetDouble(),
                near.GetProperty("membership").GetProperty("training_images").GetInt32()));
        Assert.Equal(
            0.48, near.GetProperty("closest_records").GetProperty("distance").GetProperty("fifth").GetProperty("interval").GetProperty("low").GetDouble());
        Assert.Equal(
            JsonValueKind.Null, near.GetProperty("closest_records").GetProperty("neighbour_ratio").GetProperty("fifth").GetProperty("ratio").ValueKind);
        Assert.Equal("KID", root.GetProperty("omissions")[0].GetProperty("what").GetString());
        Assert.Equal(2, root.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void Json_HasNoPicturesAndNoListsOfImages()
    {
        using var document = Json(EvaluationSamples.Full(Picture));
        Assert.False(document.RootElement.TryGetProperty("pictures", out _));
        Assert.False(document.RootElement.GetProperty("memorisation")[0].TryGetProperty("generated_distances", out _));
        Assert.False(document.RootElement.GetProperty("memorisation")[0].GetProperty("membership").TryGetProperty("member_distances", out _));
        Assert.False(document.RootElement.GetProperty("two_sample").TryGetProperty("generated_odds", out _));
        Assert.False(document.RootElement.GetProperty("fundus").TryGetProperty("generated_vessel_share", out _));
    }

    [Fact]
    public void Page_ShowsVarietyOfAllNetworksAndWhatWasToldApart()
    {
        var page = Page(Text(EvaluationSamples.Full(Picture) with { Pictures = new(Picture, Picture, Picture, Picture) { ToldApart = Picture } }));
        string Section(string id) => page.Descendants("section").Single(section => (string?)section.Attribute("id") == id).Value;
        Assert.All(
            new[]
            {
                "recall, FundusNet", "coverage, FundusNet", "recall, Inception", "coverage, Inception", "0.78 ± 0.03",
                "0.31 ± 0.04", "0.968",
            },
            text => Assert.Contains(text, Section("variety"), StringComparison.Ordinal));
        Assert.All(
            new[] { "95.0 % [90.8, 97.3]", "93.3 %", "96.7 %", "below 0.0001", "real from other real", "51.1 %" },
            text => Assert.Contains(text, Section("two-sample"), StringComparison.Ordinal));
        Assert.All(
            new[] { "DCR, median", "1.05 [0.98, 1.11]", "NNDR, 5th percentile", "0.512 [0.472, 0.552]", "0.740 [0.700, 0.780]" },
            text => Assert.Contains(text, Section("memorisation"), StringComparison.Ordinal));
        // In each of these sections the picture comes first.
        Assert.All(
            new[] { "variety", "two-sample", "memorisation" },
            id => Assert.Equal(
                "figure",
                page.Descendants("section")
                    .Single(section => (string?)section.Attribute("id") == id)
                    .Elements()
                    .ElementAt(1).Name.LocalName));
    }

    private static XDocument Page(string text) => XDocument.Parse(text);

    private static string Text(EvaluationResult result) => Written(result, EvaluationReport.PageName);

    private static JsonDocument Json(EvaluationResult result) => JsonDocument.Parse(Written(result, EvaluationReport.JsonName));

    private static string Written(EvaluationResult result, string file)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(["report.json", "report.html"], EvaluationReport.Write(result, folder.Path));
        return File.ReadAllText(folder.File(file));
    }
}
