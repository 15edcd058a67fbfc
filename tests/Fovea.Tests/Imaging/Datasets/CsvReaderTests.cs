using System.Text;
using CsCheck;
using Fovea.Core.Files;
using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("\uFEFFa,b\n", "a|b")]
    [InlineData("\"a,1\",\"say \"\"x\"\"\"\n", "a,1|say \"x\"")]
    [InlineData("\"two\nlines\",b\n", "two\nlines|b")]
    [InlineData("a,\n,b\n", "a|/|b")]
    [InlineData("a\n\n\nb\n", "a/b")]
    [InlineData("", "")]
    public void Read_Text_GivesFields(string text, string expected) =>
        Assert.Equal(expected, string.Join('/', CsvReader.Read(new StringReader(text)).Select(row => string.Join('|', row))));

    [Theory]
    [InlineData("a,b\n\"never closed", "line 2")]
    [InlineData("a\nb\"c\n", "line 2")]
    public void Read_BadQuote_NamesLine(string text, string place)
    {
        var failure = Assert.Throws<FormatException>(() => CsvReader.Read(new StringReader(text)).ToList());
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrittenRows_AreTheSame() =>
        Gen.OneOf(Gen.String[Gen.Char["ab,\"\n\r é"], 0, 6]).Array[2, 4].Array[0, 5].Sample(rows =>
        {
            var text = new StringBuilder();
            foreach (var row in rows) CsvWriter.AppendRow(text, row);
            return CsvReader.Read(new StringReader(text.ToString())).Select(r => string.Join('\u0001', r))
                .SequenceEqual(rows.Select(r => string.Join('\u0001', r)));
        });
}
