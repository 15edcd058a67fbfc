using Fovea.Core.Errors;
using Fovea.Judges.Features.Fundus;
using Fovea.Judges.Grading;
using Fovea.Judges.Provenance;

namespace Fovea.Tests.Judges.Provenance;

public sealed class JudgeMetadataTests
{
    private static readonly JudgeMetadata Judge = new() { Side = 64, Width = 24, Steps = 2000, IsFinished = true, Dataset = "abc" };

    [Fact]
    public void ToMetadata_IsWhatShippedWeightsHold() => Assert.Equal(
        [
            ("fovea.kind", "grader"), ("fovea.side", "64"), ("fovea.width", "24"), ("fovea.steps", "2000"), ("fovea.finished", "true"), (
                "fovea.dataset", "abc"),
        ],
        new GraderMetadata(Judge).ToMetadata().Select(entry => (entry.Key, entry.Value)));

    [Fact]
    public void FromMetadata_ReadsWhatWasWritten()
    {
        Assert.Equal(new GraderMetadata(Judge), GraderMetadata.FromMetadata(new GraderMetadata(Judge).ToMetadata(), "file"));
        var fundus = FundusNetMetadata.FromMetadata(new FundusNetMetadata(Judge, []).ToMetadata(), "file");
        Assert.Equal(Judge, fundus.Judge);
        Assert.Empty(fundus.Tasks);
    }

    [Theory]
    [InlineData("fovea.side", "x", "its metadata is damaged")]
    [InlineData("fovea.side", "48", "its metadata is damaged (fovea.side = 48 is not allowed; allowed: a power of two from 16 to 4096)")]
    [InlineData("fovea.width", "7", "its metadata is damaged (fovea.width = 7 is not allowed; allowed: a multiple of 8 up to 1024)")]
    [InlineData("fovea.steps", "-3", "its metadata is damaged (fovea.steps = -3 is not allowed; allowed: 0 and above)")]
    [InlineData("fovea.finished", null, "its metadata is damaged (fovea.finished is missing)")]
    [InlineData("fovea.confusion", """{"Counts":null,"Refused":4,"Passed":4}""", "its metadata is damaged (fovea.confusion is no table of 3 × 3")]
    [InlineData("fovea.confusion", """{"Counts":[[1,2]],"Refused":4,"Passed":4}""", "its metadata is damaged (fovea.confusion is no table of 3 × 3")]
    [InlineData("fovea.traces.images", "no hash", "its metadata is damaged")]
    [InlineData("fovea.confusion", "{", "its metadata is damaged")]
    [InlineData("fovea.kind", "fundusnet", "does not hold a grader of this program")]
    public void FromMetadata_DamagedOrOther_IsNamed(string key, string? value, string told)
    {
        var metadata = new GraderMetadata(Judge).ToMetadata();
        metadata["fovea.traces.patients"] = "";
        metadata.Remove(key);
        if (value is not null) metadata[key] = value;
        var refusal = Assert.Throws<InputException>(() => GraderMetadata.FromMetadata(metadata, "file"));
        Assert.StartsWith($"file: {told}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[null]")]
    [InlineData("""[{"Name":"grade","IsMultiLabel":false,"Weight":1}]""")]
    public void FromMetadata_WithoutTasksOrClasses_IsNoFundusNet(string? tasks)
    {
        var metadata = new FundusNetMetadata(Judge, []).ToMetadata();
        metadata.Remove("fovea.tasks");
        if (tasks is not null) metadata["fovea.tasks"] = tasks;
        Assert.Contains(
            "its metadata is damaged", Assert.Throws<InputException>(() => FundusNetMetadata.FromMetadata(metadata, "file")).Message, StringComparison.Ordinal);
    }
}
