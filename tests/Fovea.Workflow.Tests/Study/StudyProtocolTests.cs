using System.Text.Json;
using System.Xml.Linq;
using Fovea.Core.Errors;
using Fovea.Study.Analysis;
using Fovea.Study.Definitions;
using Fovea.Study.Reports;
using Fovea.Study.Results;

namespace Fovea.Tests.Study;

/// <summary>What a study decided beforehand: read from its file, applied to results of known numbers, and told.</summary>
public sealed class StudyProtocolTests : IDisposable
{
    private const string Text = """
        name = "small"
        config = "demo"
        seeds = [0, 1, 2]
        [[arms]]
        name = "a"
        [[arms]]
        name = "b"
        denoiser = "quantum"
        [protocol]
        primary = "held_out_loss"
        secondary = ["frechet_distance:FundusNet"]
        smallest_difference = 0.01
        """;

    private static readonly StudyProtocol s_protocol = new("held_out_loss", ["frechet_distance"], 0.01, 4, "");
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-protocol-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void FromToml_Protocol_IsRead()
    {
        var protocol = StudyReader.FromToml(Text, "small.toml").Protocol!;
        Assert.Equal(
            ("held_out_loss", "frechet_distance:FundusNet", 0.01, 3, ""),
            (protocol.Primary, protocol.Secondary.Single(), protocol.SmallestDifference, protocol.Seeds, protocol.Stopping));
        Assert.Null(StudyReader.FromToml(Text[..Text.IndexOf("[protocol]", StringComparison.Ordinal)], "small.toml").Protocol);
        Assert.NotEqual(protocol.Hash, (protocol with { SmallestDifference = 0.02 }).Hash);
        Assert.NotEqual(protocol.Hash, (protocol with { Secondary = [] }).Hash);
    }

    // A library that keeps the last of them alone would drop an arm in silence.
    [Fact]
    public void FromToml_ArmsThatStandApart_AreRefused() => Assert.Contains(
        "tables [[arms]] stand apart",
        Assert.Throws<InputException>(() => StudyReader.FromToml(Text + "\n[[arms]]\nname = \"third\"\n", "small.toml")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("primary = \"held_out_loss\"", "primary = \"loss\"", "protocol.primary names 'loss'; allowed: held_out_loss")]
    [InlineData("primary = \"held_out_loss\"", "", "protocol.primary is missing")]
    [InlineData("smallest_difference = 0.01", "", "protocol.smallest_difference is missing")]
    [InlineData("smallest_difference = 0.01", "smallest_difference = 0", "protocol.smallest_difference = 0")]
    [InlineData("frechet_distance:FundusNet", "held_out_loss", "protocol.secondary names held_out_loss twice")]
    [InlineData("frechet_distance:FundusNet", "psnr:FundusNet", "protocol.secondary names 'psnr:FundusNet'; psnr is of no network")]
    [InlineData("smallest_difference = 0.01", "smallest_difference = 1e400", "protocol.smallest_difference")]
    [InlineData("smallest_difference", "seeds = 1\nsmallest_difference", "protocol.seeds = 1")]
    [InlineData("smallest_difference", "colour = 1\nsmallest_difference", "unknown setting 'protocol.colour'")]
    public void FromToml_BadProtocol_IsOneLine(string from, string to, string words)
    {
        var message = Assert.Throws<InputException>(() => StudyReader.FromToml(Text.Replace(from, to, StringComparison.Ordinal), "small.toml")).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("gradable", 5, "protocol.smallest_difference = 5 is not allowed with primary = \"gradable\"; allowed: a number above 0 and below 1")]
    [InlineData("recall:FundusNet", 1, "above 0 and below 1")]
    [InlineData("psnr", 5, null)]
    public void FromToml_SmallestDifferenceThatNoShareCanHave_IsRefused(string primary, double difference, string? words)
    {
        var text = Text.Replace("\"held_out_loss\"", $"\"{primary}\"", StringComparison.Ordinal)
            .Replace("0.01", difference.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (words is null) Assert.Equal(difference, StudyReader.FromToml(text, "small.toml").Protocol!.SmallestDifference);
        else Assert.Contains(words, Assert.Throws<InputException>(() => StudyReader.FromToml(text, "small.toml")).Message, StringComparison.Ordinal);
    }

    // Four pairs with a standard error of 0.0005: the interval is 3.18 of them to either side.
    [Theory]
    [InlineData(-0.05, PlannedVerdict.Better)]
    [InlineData(0.05, PlannedVerdict.Worse)]
    [InlineData(0, PlannedVerdict.NoDifferenceThatMatters)]
    [InlineData(0.005, PlannedVerdict.TooSmallToMatter)]
    public void Verdict_ClearDifferences_IsByTheSmallestThatMatters(double difference, PlannedVerdict verdict) =>
        Assert.Equal(verdict, Answer(difference, 0.001).Verdict);

    // A scatter of seeds ten times as large decides nothing, and says how many seeds would: (1.960 + 0.842)²·0.0115²/0.01² + 1.92 rounded up is 13.
    [Theory]
    [InlineData(0.04996, "0.0499")]
    [InlineData(0.05004, "0.05")]
    [InlineData(0.0312, "0.031")]
    [InlineData(0.000999, "< 0.001")]
    [InlineData(0.2512, "0.25")]
    public void Probability_JustBelowTheLevel_IsNotRoundedUpToIt(double p, string text) => Assert.Equal(text, StudyFigures.Probability(p));

    [Fact]
    public void Verdict_ScatteredSeeds_IsUndecidedAndSaysHowManyAreNeeded()
    {
        var answer = Answer(0.002, 0.01);
        Assert.Equal(PlannedVerdict.Undecided, answer.Verdict);
        Assert.Equal(13, answer.SeedsNeeded);
        Assert.Contains("undecided", ProtocolWords.Sentence(answer), StringComparison.Ordinal);
        Assert.Contains("needs 13 seeds", ProtocolWords.Sentence(answer), StringComparison.Ordinal);
    }

    // One p-value among one question is itself; among two questions of equal p-values it is doubled.
    [Fact]
    public void Of_SeveralQuestions_AreOneFamily()
    {
        var one = Analysis(0.02, 0.004, s_protocol, [new("Does b help?", "b", "a")]);
        var two = Analysis(0.02, 0.004, s_protocol, [new("Does b help?", "b", "a"), new("And a?", "a", "b")]);
        Assert.Equal(2 * one.Protocol!.Answers.Single().HolmPValue!.Value, two.Protocol!.Answers[0].HolmPValue!.Value, 1e-12);
    }

    [Fact]
    public void Keeping_CellsOfOtherDays_AreTold()
    {
        var analysis = Analysis(0, 0.001, s_protocol, cell => cell with { Protocol = cell.Seed switch { 0 => null, 1 => "other", _ => s_protocol.Hash } });
        Assert.Equal((4, 2, 2), (analysis.Protocol!.Kept, analysis.Protocol.Changed, analysis.Protocol.Before));
        var told = ProtocolWords.Keeping(analysis.Protocol).ToArray();
        Assert.Equal(2, told.Length);
        Assert.StartsWith("2 cells were finished before there was a protocol", told[0], StringComparison.Ordinal);
        Assert.StartsWith("The protocol was changed: 2 cells were finished under another one", told[1], StringComparison.Ordinal);
        // A result keeps the protocol of its day on disk.
        Assert.Equal("other", CellResults.ReadFile(CellResults.Write(_folder, analysis.Cells.First(cell => cell.Seed == 1))).Protocol);
        Assert.Contains(
            "6 seeds were planned; the answers rest on 4",
            string.Join(' ', ProtocolWords.Keeping(Analysis(0, 0.001, s_protocol with { Seeds = 6 }).Protocol!)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StudyWithProtocol_LeadsWithItAndMarksWhatWasFoundByLooking()
    {
        var analysis = Analysis(-0.05, 0.001, s_protocol);
        StudyReport.Write(analysis, _folder, _folder);
        var page = XDocument.Parse(File.ReadAllText(Path.Combine(_folder, StudyReport.PageName)));
        var sections = page.Descendants("section").ToDictionary(section => (string)section.Attribute("id")!);
        Assert.Contains("b is better", sections["glance"].Value, StringComparison.Ordinal);
        Assert.Contains("held_out_loss", sections["protocol"].Value, StringComparison.Ordinal);
        var roles = sections["question-1"].Descendants("tr").Where(row => row.Elements("th").Count() == 1)
            .ToDictionary(row => row.Elements().First().Value, row => row.Elements().Last().Value);
        Assert.Equal(("primary", "secondary", "by looking"), (roles["held-out denoising loss"], roles["FD(FundusNet)"], roles["recall (FundusNet)"]));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, StudyReport.JsonName)));
        Assert.Equal("better", json.RootElement.GetProperty("protocol").GetProperty("answers")[0].GetProperty("verdict").GetString());
        Assert.Contains(StudyText.Lines(analysis), line => line.StartsWith("Planned: Does b help? all training images: b is better", StringComparison.Ordinal));
    }

    private static PlannedAnswer Answer(double difference, double scatter) => Analysis(difference, scatter, s_protocol).Protocol!.Answers.Single();

    private static StudyAnalysis Analysis(double difference, double scatter, StudyProtocol protocol, Func<CellResult, CellResult>? change = null) =>
        Analysis(difference, scatter, protocol, [new("Does b help?", "b", "a")], change);

    // Losses of b are those of a and the difference, scattered by ± the same number over four seeds.
    private static StudyAnalysis Analysis(
        double difference, double scatter, StudyProtocol protocol, StudyQuestion[] questions, Func<CellResult, CellResult>? change = null)
    {
        int[] seeds = [0, 1, 2, 3];
        var definition = CraftedStudy.Definition(seeds) with
        {
            Arms = [new("a", BlockKind.Classical, BlockKind.Classical, []), new("b", BlockKind.Classical, BlockKind.Quantum, [])],
            Questions = questions,
            Noise = null,
            Protocol = protocol,
        };
        (string Arm, double Loss)[] Losses(int seed) => [("a", 0.3), ("b", 0.3 + difference + (seed % 2 == 0 ? scatter : -scatter))];
        CellResult Cell((string Arm, double Loss) held, int seed) => CraftedStudy.Cell(held.Arm, seed, CraftedStudy.Bits(100), 40 + seed) with
        {
            HeldOutLoss = new(held.Loss),
            AutoencoderHash = $"one{seed}",
            Protocol = protocol.Hash,
        };
        var cells = seeds.SelectMany(seed => Losses(seed).Select(held => Cell(held, seed))).ToArray();
        return StudyAnalysis.Analyze(definition, [.. cells.Select(cell => change?.Invoke(cell) ?? cell)], new Dictionary<string, string>());
    }
}
