using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public sealed class WhereTests : IDisposable
{
    private const string Table = "file,quality,eye\n0,good,left\n1,usable,left\n2,reject,right\n3,,left\n4,good,right\n";
    private readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0 4", "quality=good")]
    [InlineData("0 1 4", "quality=good,usable")]
    [InlineData("0 1 2 4", "quality!=")]
    [InlineData("3", "quality=")]
    [InlineData("0 1 3 4", "quality!=reject")]
    [InlineData("0 1", "quality!=", "eye=left")]
    [InlineData("4", "quality=good", "eye!=left")]
    [InlineData("2 3", "file!=0,1,4")]
    public void Run_Conditions_TakeRowsThatMeetAll(string files, params string[] conditions)
    {
        // The sixth picture has no row: left out, whatever the condition.
        _folder.Add(Enumerable.Range(0, 6));
        var (report, taken) = PreparationFolder.Prepare(Filtered(conditions));
        var expected = files.Split(' ').Select(file => file + ".png").ToArray();
        Assert.Equal(expected, taken);
        Assert.Equal([new AppliedFilter("where", string.Join(" and ", conditions), 6 - expected.Length)], report.Filters);
        Assert.Empty(report.Warnings);
        using var json = Description();
        var filter = json.RootElement.GetProperty("filters")[0];
        Assert.Equal(string.Join(" and ", conditions), filter.GetProperty("value").GetString());
        Assert.Equal(6 - expected.Length, filter.GetProperty("leftOut").GetInt32());
        Assert.False(filter.TryGetProperty("contentHash", out _));
    }

    [Fact]
    public void Run_Conditions_GiveTheDatasetOfThesePhotographsAlone()
    {
        _folder.Add(Enumerable.Range(0, 5));
        var (report, _) = PreparationFolder.Prepare(Filtered("quality=good"));
        _folder.Add([0, 4], "alone");
        var alone = PreparationFolder.Prepare(Filtered() with { Source = _folder.File("alone/x")[..^2], Output = _folder.File("other") }).Report;
        Assert.Equal(alone.ContentHash, report.ContentHash);
    }

    [Fact]
    public void Run_PhotographsLeftOut_AreNotRead()
    {
        _folder.Add([0, 1]);
        File.WriteAllText(_folder.File("in/2.png"), "no picture");
        Assert.Empty(PreparationFolder.Prepare(Filtered("quality!=reject")).Report.Skipped);
    }

    [Theory]
    [InlineData("qualty=good", "labels.csv", "no column 'qualty' (Where)", "did you mean 'quality'?")]
    [InlineData("quality=godo", "labels.csv", "none of 5 photographs meets quality=godo", "did you mean 'good'?")]
    [InlineData("quality=good,reject eye=both", "none of 5 photographs meets quality=good,reject and eye=both")]
    public void Run_NothingToTake_SaysWhy(string conditions, params string[] words)
    {
        _folder.Add(Enumerable.Range(0, 5));
        PreparationFolder.AssertFails(Filtered(conditions.Split(' ')), words);
    }

    [Fact]
    public void Run_ValueThatNoRowHas_Warns()
    {
        _folder.Add(Enumerable.Range(0, 5));
        var (report, files) = PreparationFolder.Prepare(Filtered("quality!=rejct"));
        Assert.Equal(5, files.Length);
        Assert.Contains("no row has quality=rejct; did you mean 'reject'?", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoRowsOfOneFile_MustAgreeOnTheConditions()
    {
        _folder.Add([0]);
        var table = _folder.Table("file,quality\n0.png,good\n0,usable\n", "twice.csv");
        PreparationFolder.AssertFails(Filtered("quality=good") with { Labels = table }, "two rows name 0.png and differ");
        Assert.Single(PreparationFolder.Prepare(Filtered("quality!=reject") with { Labels = table }).Files);
    }

    [Fact]
    public void Validate_ConditionWithoutTable_IsRefused()
    {
        var failure = Assert.Throws<InputException>((Filtered("quality=good") with { Labels = null }).Validate);
        Assert.Equal("the condition quality=good (where) needs a label table (labels)", failure.Message);
    }

    private PrepareOptions Filtered(params string[] conditions) =>
        _folder.Options with { Labels = _folder.Table(Table), ValFraction = 0, Where = [.. conditions.Select(RowCondition.Parse)] };

    private JsonDocument Description() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Options.Output, DatasetFiles.Description)));
}
