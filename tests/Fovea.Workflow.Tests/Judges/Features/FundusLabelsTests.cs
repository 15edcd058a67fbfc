using Fovea.Core.Errors;
using Fovea.Core.Random;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features.Fundus;
using static TorchSharp.torch;

namespace Fovea.Tests.Judges.Features;

public sealed class FundusLabelsTests(QualityDataset data) : IClassFixture<QualityDataset>
{
    [Fact]
    public void Read_PartOfTheColumns_GivesTheirTasks()
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        var labels = FundusLabels.Read(
            Table(
                "file,keywords,quality",
                "p000000_left,\"Drusen, normal fundus; drusen\",bad",
                "p000001_left,official_split=train,",
                "p000002_left,Drusen,Good",
                "elsewhere,glaucoma,"),
            dataset);
        Assert.Equal(["quality", "keywords", "planted_blur", "planted_noise"], labels.Tasks.Select(task => task.Name));
        Assert.Equal(["drusen", "normal fundus"], labels.Tasks[1].Classes);
        Assert.Equal([[0, 0, 1], [1, 1], null, null], labels.Of(Index(dataset, "p000000_left")));
        Assert.Equal([null, null, null, null], labels.Of(Index(dataset, "p000001_left")));
        Assert.Equal([[1, 0, 0], [1, 0], null, null], labels.Of(Index(dataset, "p000002_left")));
        Assert.Equal(2, labels.ImagesOf(dataset, Split.Train).Length);
    }

    // The rules of 'prepare': one for what is unknown, for names, and for what spreadsheets write.
    [Fact]
    public void Read_TableOfASpreadsheet_IsReadAsPrepareReadsIt()
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        var labels = FundusLabels.Read(
            Table(
                "\"sep=;\"",
                "Image;DR Grade;Quality",
                " p000000_left ;2.0;BAD",
                ";;",
                "p000001_left;NA;n.a.",
                "P000002_left.JPG;-;good",
                "p000002_left;-; Good",
                "elsewhere;1;good"),
            dataset);
        Assert.Equal([[0, 0, 1], [0, 0, 1, 0, 0], null, null], labels.Of(Index(dataset, "p000000_left")));
        Assert.Equal([null, null, null, null], labels.Of(Index(dataset, "p000001_left")));
        Assert.Equal([[1, 0, 0], null, null, null], labels.Of(Index(dataset, "p000002_left")));
        string[] told = [.. labels.Describe(dataset)];
        Assert.EndsWith($": 4 of its 5 rows name 3 images of the dataset, which has {dataset.Count}", told[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "column 'quality': 'n.a.' (1) means unknown", "column 'dr_grade': 'NA' (1) means unknown", "column 'dr_grade': '-' (1) means unknown",
                "no column: eye", "no column: keywords",
                "column 'quality': 2 images to learn from, 0 held out", "column 'dr_grade': 1 image to learn from, 0 held out",
            ],
            told[2..]);
        Assert.EndsWith(": 1 row names no image of the dataset: elsewhere", told[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no column names the files (the image); it is called file, filename, image, path where", "name,eye", "p000000_left,left")]
    [InlineData("no row names an image of", "file,eye", "somewhere.jpg,left")]
    [InlineData("at least one of the columns quality, dr_grade, eye, keywords is needed", "file,age", "p000000_left,50")]
    [InlineData("at least one of the columns", "file,eye", "p000000_left,")]
    [InlineData("p000000_left has eye 'middle'; allowed: left, right, or nothing", "file,eye", "p000000_left,middle")]
    [InlineData("p000000_left has dr_grade '5'; allowed: 0, 1, 2, 3, 4", "file,dr_grade", "p000000_left,5")]
    [InlineData("line 2 has 1 fields, the header has 2", "file,eye", "p000000_left")]
    [InlineData("two rows name p000000_left and differ (column 'eye': 'left' and 'right')", "file,eye", "p000000_left,left", "p000000_left,right")]
    [InlineData("the label table is empty")]
    public void Read_UnsoundTable_IsOneLine(string message, params string[] lines)
    {
        using var dataset = ImageDataset.Open(data.Dataset);
        var refusal = Assert.Throws<InputException>(() => FundusLabels.Read(Table(lines), dataset));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Augmentation_MirroredPicture_IsOfTheOtherEye()
    {
        using var scope = NewDisposeScope();
        // Bright on the left of a left eye; what is bright on the right must be called a right one.
        var picture = full([40, 3, 32, 32], -1f);
        picture.narrow(3, 2, 10).fill_(1f);
        FundusTask[] tasks = [.. FundusColumns.ClassTasks.Where(task => task.Name == FundusColumns.Eye)];
        var given = Enumerable.Range(0, 40).Select(_ => new float[]?[] { [1, 0] }).ToArray();
        var (images, labels) = new FundusAugmentation(new CounterRandom(1, 2), tasks).Apply(picture, given);
        var left = images.narrow(3, 0, 16).mean([1, 2, 3]).data<float>().ToArray();
        var right = images.narrow(3, 16, 16).mean([1, 2, 3]).data<float>().ToArray();
        for (var i = 0; i < 40; i++) Assert.Equal(left[i] > right[i] ? [1f, 0f] : [0f, 1f], labels[i][0]!);
        Assert.InRange(labels.Count(label => label[0]![0] > 0), 8, 32);
        Assert.All(given, label => Assert.Equal([1f, 0f], label[0]!));
    }

    [Fact]
    public void Degradation_Labels_TellWhatIsSeen()
    {
        using var scope = NewDisposeScope();
        var picture = zeros(3, 64, 64);
        picture.index_copy_(2, arange(1, 64, 2), ones(3, 64, 32));
        var tasks = FundusDegradation.Tasks;
        var draws = new CounterRandom(5, 6);
        var seen = Enumerable.Range(0, 300).Select(_ => FundusDegradation.Apply(picture, tasks, new float[]?[2], draws)).Select(result => (
            Blur: Array.IndexOf(result.Labels[0]!, 1f),
            Noise: Array.IndexOf(result.Labels[1]!, 1f),
            Columns: result.Image.mean([0, 1]).std().item<float>(),
            Rows: (result.Image - result.Image.mean([1], keepdim: true)).abs().mean().item<float>())).ToArray();
        Assert.All(seen.Where(one => one is { Blur: 0, Noise: 0 }), one => Assert.Equal(0, one.Rows));
        // Stripes of two pixels vanish in a blur, and what differs from row to row is noise alone.
        double Stripes(int blur) => seen.Where(one => one.Blur == blur && one.Noise == 0).Average(one => one.Columns);
        double Grain(int noise) => seen.Where(one => one.Noise == noise).Average(one => one.Rows);
        Assert.True(Stripes(0) > Stripes(1) && Stripes(1) > Stripes(2) && Stripes(2) >= Stripes(3), $"{Stripes(0)} {Stripes(1)} {Stripes(2)} {Stripes(3)}");
        Assert.True(Grain(0) < Grain(1) && 2 * Grain(1) < Grain(2), $"{Grain(0)} {Grain(1)} {Grain(2)}");
        Assert.InRange(seen.Count(one => one is { Blur: 0, Noise: 0 }), 50, 100);
    }

    [Fact]
    public void Augmentation_HalfOfThePictures_LosesWhat64PixelsCannotHold()
    {
        using var scope = NewDisposeScope();
        var stripes = zeros(40, 3, 128, 128);
        stripes.index_copy_(3, arange(0, 128, 2), ones(40, 3, 128, 64));
        FundusTask[] tasks = [.. FundusColumns.ClassTasks];
        var none = Enumerable.Range(0, 40).Select(_ => new float[]?[tasks.Length]).ToArray();
        var (images, _) = new FundusAugmentation(new CounterRandom(3, 4), tasks).Apply(stripes, none);
        var detail = images.diff(1, 3).abs().mean([1, 2, 3]).data<float>().ToArray();
        Assert.InRange(detail.Count(value => value < detail.Max() / 2), 10, 30);
    }

    private static int Index(ImageDataset dataset, string file) => dataset.Entries.Single(entry => entry.File == file).Index;

    private string Table(params string[] lines)
    {
        var path = data.NewFolder() + ".csv";
        File.WriteAllLines(path, lines);
        return path;
    }
}
