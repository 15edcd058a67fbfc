using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;

namespace Fovea.Tests.Imaging.Phantom;

public sealed class PhantomDatasetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fovea-phantom-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Folder(string name) => Path.Combine(_root, name);

    [Fact]
    public void Write_Dataset_HoldsTheRenderedImages()
    {
        PhantomDataset.Write(new PhantomOptions { Folder = Folder("a"), Count = 70, Size = 32, Seed = 6 }, cancellation: TestContext.Current.CancellationToken);

        using var dataset = ImageDataset.Open(Folder("a"));
        Assert.Equal((70, 32, 5, "phantom"), (dataset.Count, dataset.Size, dataset.ClassCount, dataset.Source));
        foreach (var index in new[] { 0, 1, 63, 64, 69 })
        {
            var parameters = PhantomParameters.Sample(6, index);
            Assert.Equal(PhantomRenderer.Render(parameters, 32), dataset.GetImage(index).ToArray());
            Assert.Equal(parameters.DrGrade, dataset.Entries[index].Label);
        }
    }

    [Fact]
    public void Write_ThreadCounts_SameContent()
    {
        foreach (var threads in new[] { 1, 4 })
        {
            PhantomDataset.Write(
                new PhantomOptions { Folder = Folder($"t{threads}"), Count = 20, Size = 32, Threads = threads },
                cancellation: TestContext.Current.CancellationToken);
        }

        using var one = ImageDataset.Open(Folder("t1"));
        using var four = ImageDataset.Open(Folder("t4"));
        Assert.Equal(one.ContentHash, four.ContentHash);
        Assert.Equal(
            File.ReadAllText(Path.Combine(Folder("t1"), PhantomDataset.TableName)), File.ReadAllText(Path.Combine(Folder("t4"), PhantomDataset.TableName)));
    }

    [Fact]
    public void Write_Persons_AreNeverSplit()
    {
        PhantomDataset.Write(new PhantomOptions { Folder = Folder("s"), Count = 100, Size = 32 }, cancellation: TestContext.Current.CancellationToken);

        using var dataset = ImageDataset.Open(Folder("s"));
        Assert.Equal(10, dataset.Entries.Count(e => e.Split == Split.Val));
        Assert.All(dataset.Entries.GroupBy(e => e.Patient), person => Assert.Single(person.Select(e => e.Split).Distinct()));
        Assert.All(dataset.Entries.GroupBy(e => e.Patient), person => Assert.Equal(2, person.Count()));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(18, 1)]
    [InlineData(20, 1)]
    [InlineData(40, 2)]
    public void SplitOf_FewPersons_LeavesSomeForBoth(int count, int validation)
    {
        var patients = Enumerable.Range(0, (count + 1) / 2);

        Assert.Equal(validation, patients.Count(p => PhantomDataset.SplitOf(p, count) == Split.Val));
    }

    [Fact]
    public void Write_QualityLabel_TableAgrees()
    {
        PhantomDataset.Write(
            new PhantomOptions { Folder = Folder("q"), Count = 40, Size = 32, Label = PhantomLabel.Quality },
            cancellation: TestContext.Current.CancellationToken);

        using var dataset = ImageDataset.Open(Folder("q"));
        var rows = File.ReadAllLines(Path.Combine(Folder("q"), PhantomDataset.TableName)).Skip(1).Select(l => l.Split(',')).ToArray();
        Assert.Equal(["good", "usable", "reject"], dataset.ClassNames);
        Assert.Equal(40, rows.Length);
        Assert.All(dataset.Entries, e => Assert.Equal(dataset.ClassNames[e.Label!.Value], rows[e.Index][4]));
        Assert.All(dataset.Entries, e => Assert.EndsWith(rows[e.Index][2], e.File, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Cancelled_LeavesNoDataset()
    {
        using var source = new CancellationTokenSource();
        var progress = new Immediate(update =>
        {
            if (update.Done >= 64) source.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => PhantomDataset.Write(new PhantomOptions { Folder = Folder("c"), Count = 200, Size = 32 }, progress, source.Token));
        Assert.False(File.Exists(Path.Combine(Folder("c"), "manifest.csv")));
    }

    [Fact]
    public void Validate_BadSettings_NamesEach()
    {
        var options = new PhantomOptions { Folder = "", Count = 0, Size = 513, Threads = -1, Label = (PhantomLabel)9 };

        var message = Assert.Throws<InputException>(options.Validate).Message;

        foreach (var part in new[] { "out:", "count: 0 is not from 1 to 1000000", "size: 513 is not from 32 to 512", "threads: -1", "label: 9" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Write_FolderWithFiles_NeedsForce()
    {
        Directory.CreateDirectory(Folder("f"));
        File.WriteAllText(Path.Combine(Folder("f"), "mine.txt"), "");

        Assert.Throws<InputException>(
            () => PhantomDataset.Write(new PhantomOptions { Folder = Folder("f"), Count = 2, Size = 32 }, cancellation: TestContext.Current.CancellationToken));
    }

    private sealed class Immediate(Action<ProgressUpdate> report) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => report(value);
    }
}
