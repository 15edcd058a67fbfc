using Fovea.Laboratory.Reports;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class ComparisonMarkdownTests
{
    [Fact]
    public void Table_HasARowPerAnsatzThatHasTheSize()
    {
        var comparison = Samples.Comparison(["strongly-entangling", "ese2-recon", "hqconv"], [6, 8], [3]);
        var lines = ComparisonMarkdown.Table(comparison, 6, 3).TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("| ansatz | live / all parameters |", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("| --- | ---: |", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("| strongly-entangling | 48 / 54 | 18 | 0.0108 ± 0.0005 | – |", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("| ese2-recon (reconstruction) |", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == '|'), line.Count(c => c == '|')));
    }

    [Fact]
    public void Table_HasRatesAndGatesOfDevices()
    {
        var comparison = Samples.Comparison(["strongly-entangling"], [4, 6, 8], [3]);
        var row = ComparisonMarkdown.Table(comparison, 8, 3).Split('\n')[2];
        Assert.Contains("| 0.48 (0.43 to 0.53) |", row, StringComparison.Ordinal);
        Assert.EndsWith("| 75 (17) | 45 (7) | 24 (0) |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_HasDashesForWhatThereIsNot()
    {
        var row = ComparisonMarkdown.Table(Samples.Awkward(), 4, 3).TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("| hostile (own) |", row, StringComparison.Ordinal);
        Assert.EndsWith("| – | ∞ | – | – | – | – | – | – | – | – | – | – |", row, StringComparison.Ordinal);
    }
}
