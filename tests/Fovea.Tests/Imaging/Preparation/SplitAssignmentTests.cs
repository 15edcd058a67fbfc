using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public class SplitAssignmentTests
{
    [Fact]
    public void Make_Patients_StayTogether()
    {
        var entries = Entries(600, i => $"p{i / 3}");
        var made = Make(entries, new Split?[600], [], 0.1);
        Assert.All(Enumerable.Range(0, 200), p => Assert.Single(made.Splits.Skip(p * 3).Take(3).Distinct()));
        Assert.Equal(60, made.Splits.Count(s => s == Split.Val), 2.0);
    }

    [Fact]
    public void Make_NearDuplicates_StayTogetherAndTieTheirPatients()
    {
        var entries = Entries(400, i => $"p{i / 2}");
        var pairs = Enumerable.Range(0, 50).Select(i => (i * 4 + 1, i * 4 + 2)).ToList();
        var made = Make(entries, new Split?[400], pairs, 0.3);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Single(made.Splits.Skip(i * 4).Take(4).Distinct()));
        Assert.Equal(50, made.Groups.TiedByLooks);
        Assert.Empty(made.Warnings);
    }

    [Fact]
    public void Make_ReorderedImages_GivesTheSameSplits()
    {
        var entries = Entries(200, i => "");
        var forward = Make(entries, new Split?[200], [], 0.2).Splits;
        var reversed = entries.AsEnumerable().Reverse().Select((e, i) => e with { Index = i }).ToList();
        Assert.Equal(forward.Reverse(), Make(reversed, new Split?[200], [], 0.2).Splits);
    }

    [Fact]
    public void Make_GivenSplits_AreKeptAndLeaksListed()
    {
        var entries = Entries(4, i => i >= 2 ? "same" : "");
        var made = Make(entries, [Split.Train, Split.Test, Split.Train, Split.Val], [(0, 1)], 0.5);
        Assert.Equal([Split.Train, Split.Test, Split.Train, Split.Val], made.Splits);
        Assert.Equal(2, made.Warnings.Count);
        Assert.Contains("0.jpg (train), 1.jpg (test)", made.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("patient same", made.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Make_ImageWithoutGivenSplit_FollowsItsPatient()
    {
        var made = Make(Entries(3, i => "one"), [null, Split.Test, null], [], 0.1);
        Assert.Equal([Split.Test, Split.Test, Split.Test], made.Splits);
    }

    [Theory]
    [InlineData(1, 0.1, 0)]
    [InlineData(2, 0.1, 1)]
    [InlineData(50, 0, 0)]
    [InlineData(50, 0.5, 25)]
    public void Make_SmallSets_LeaveSomethingToTrain(int count, double fraction, int val) =>
        Assert.Equal(val, Make(Entries(count, i => ""), new Split?[count], [], fraction).Splits.Count(s => s == Split.Val));

    [Fact]
    public void Make_OnePatientOnly_GoesToTrain() =>
        Assert.All(Make(Entries(10, i => "one"), new Split?[10], [], 0.2).Splits, s => Assert.Equal(Split.Train, s));

    private static List<ManifestEntry> Entries(int count, Func<int, string> patient) =>
        [.. Enumerable.Range(0, count).Select(i => new ManifestEntry { Index = i, File = $"{i}.jpg", Sha256 = $"{i:x8}", Patient = patient(i) })];

    private static SplitAssignment Make(
        IReadOnlyList<ManifestEntry> entries,
        IReadOnlyList<Split?> given,
        IReadOnlyList<(int First, int Second)> nearDuplicates,
        double valFraction) =>
        SplitAssignment.Make(entries, [.. entries.Where(e => e.Patient.Length > 0).Select(e => (e.Index, e.Patient))], given, nearDuplicates, valFraction);
}
