using System.Text.Json;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Imaging.Phantom;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public sealed class ApartFromTests : IDisposable
{
    private readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Patients_AreKeptApart()
    {
        _folder.Add(Enumerable.Range(0, 8));
        var options = _folder.Options with { Labels = _folder.Table("file,patient,quality\n0,a,good\n1,a,\n2,b,\n3,b,good\n4,c,\n5,,\n6,d,\n7,d,\n") };
        var judge = Judge(options with { Where = [RowCondition.Parse("quality!=")] });
        var (report, files) = PreparationFolder.Prepare(options with { ApartFrom = [judge.Output] });
        Assert.Equal(["4.png", "5.png", "6.png", "7.png"], files);
        var filter = new AppliedFilter("apart-from", "judge", 4, judge.ContentHash);
        Assert.Equal([filter], report.Filters);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report.Output, DatasetFiles.Description)));
        Assert.Equal(filter, json.RootElement.GetProperty("filters")[0].Deserialize<AppliedFilter>(DatasetDescription.Json));
        Assert.Contains("0 of its 2 images and 1 of 4 here name no patient", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(256)]
    public void Run_CopiesAndNearDuplicates_AreKeptApartAtAnySize(int judgeSize)
    {
        _folder.Add(Enumerable.Range(0, 12));
        _folder.Add([0, 1, 2], "judged");
        // In the other dataset photographs 3 to 8 were saved again, and under other names.
        for (var i = 3; i < 9; i++) File.WriteAllBytes(_folder.File($"judged/again-{i}.jpg"), PreparationFolder.Picture(i).ToJpeg(70));
        var judge = Judge(_folder.Options with { Source = _folder.File("judged/x")[..^2], Size = judgeSize });
        foreach (var size in new[] { 64, 128 })
        {
            var (report, files) = PreparationFolder.Prepare(
                _folder.Options with { ApartFrom = [judge.Output], Size = size, Output = _folder.File($"out-{size}") });
            Assert.Equal(["10.png", "11.png", "9.png"], files);
            Assert.Equal(9, report.Filters[0].LeftOut);
        }
    }

    [Fact]
    public void Run_PatientOfALookalike_GoesToo()
    {
        _folder.Add(Enumerable.Range(0, 5));
        // The other dataset knows no patients: that photograph 1 is of patient a too is only known here.
        _folder.Add([0], "judged");
        File.WriteAllBytes(_folder.File("in/again-1.jpg"), PreparationFolder.Picture(1).ToJpeg(70));
        var labels = _folder.Table("file,patient\n0,a\n1,a\nagain-1,b\n2,b\n3,c\n4,c\n");
        var judge = Judge(_folder.Options with { Source = _folder.File("judged/x")[..^2] });
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { Labels = labels, ApartFrom = [judge.Output] });
        Assert.Equal(["3.png", "4.png"], files);
        Assert.Equal(4, report.Filters[0].LeftOut);
    }

    [Fact]
    public void Run_CopyUnderAnotherPatient_TakesTheImageAlong()
    {
        _folder.Add([0, 1, 2]);
        File.Copy(_folder.File("in/0.png"), _folder.File("in/z-copy.png"));
        _folder.Add([7], "judged");
        var labels = _folder.Table("file,patient\n0,a\nz-copy,b\n1,c\n2,d\n");
        var judge = Judge(_folder.Options with { Source = _folder.File("judged/x")[..^2], Labels = _folder.Table("file,patient\n7,b\n", "judged.csv") });
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { Labels = labels, ApartFrom = [judge.Output] });
        Assert.Equal(["1.png", "2.png"], files);
        Assert.Empty(report.Duplicates);
        Assert.Equal(2, report.Filters[0].LeftOut);
    }

    [Fact]
    public void Run_SeveralDatasets_CountAnImageOnce()
    {
        _folder.Add(Enumerable.Range(0, 6));
        _folder.Add([0, 1], "first");
        _folder.Add([1, 2, 3], "second");
        string[] others = [.. new[] { "first", "second" }.Select(name =>
            PreparationFolder.Prepare(_folder.Options with { Source = _folder.File(name), Output = _folder.File("set-" + name) }).Report.Output)];
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { ApartFrom = others });
        Assert.Equal(["4.png", "5.png"], files);
        Assert.Equal([("set-first", 2), ("set-second", 2)], report.Filters.Select(filter => (filter.Value, filter.LeftOut)));
    }

    [Fact]
    public void Run_LeftOut_GivesTheDatasetOfTheRestAlone()
    {
        _folder.Add(Enumerable.Range(0, 9));
        for (var i = 0; i < 9; i++) File.WriteAllBytes(_folder.File($"in/near-{i}.jpg"), PreparationFolder.Picture(i).ToJpeg(70));
        _folder.Add([0, 4, 8], "judged");
        var judge = Judge(_folder.Options with { Source = _folder.File("judged/x")[..^2] });
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { ApartFrom = [judge.Output], ValFraction = 0.4, Threads = 3 });
        Assert.Equal(12, files.Length);
        foreach (var file in Directory.GetFiles(_folder.Options.Source).Where(file => !files.Contains(Path.GetFileName(file)))) File.Delete(file);
        var alone = PreparationFolder.Prepare(_folder.Options with { ValFraction = 0.4, Output = _folder.File("alone") }).Report;
        Assert.Equal((alone.ContentHash, alone.NearDuplicates), (report.ContentHash, report.NearDuplicates));
        foreach (var file in new[] { DatasetFiles.Images, DatasetFiles.Manifest, DatasetFiles.ContactSheet })
            Assert.Equal(File.ReadAllBytes(Path.Combine(alone.Output, file)), File.ReadAllBytes(Path.Combine(report.Output, file)));
        // What the filter adds to the description is all that differs.
        Assert.Equal(
            DescriptionKeys(alone.Output), DescriptionKeys(report.Output).Where(key => key != "filters"));
    }

    [Fact]
    public void Run_DatasetInsideTheSource_IsNoPhotograph()
    {
        _folder.Add(Enumerable.Range(0, 3));
        var judge = PreparationFolder.Prepare(_folder.Options with { Output = _folder.File("in/judge") }).Report;
        _folder.Add([5]);
        Assert.Equal(["5.png"], PreparationFolder.Prepare(_folder.Options with { ApartFrom = [judge.Output] }).Files);
    }

    [Fact]
    public void Run_GeneratedDataset_HasNothingInCommon()
    {
        _folder.Add(Enumerable.Range(0, 3));
        PhantomDataset.Write(
            new PhantomOptions { Folder = _folder.File("phantoms"), Count = 8, Size = 64 }, cancellation: TestContext.Current.CancellationToken);
        var (report, files) = PreparationFolder.Prepare(_folder.Options with { ApartFrom = [_folder.File("phantoms")] });
        Assert.Equal((3, 0), (files.Length, report.Filters[0].LeftOut));
    }

    [Fact]
    public void Run_NothingLeftOrNoDataset_SaysWhy()
    {
        _folder.Add([0, 1]);
        var judge = Judge(_folder.Options);
        PreparationFolder.AssertFails(_folder.Options with { ApartFrom = [judge.Output] }, "apart-from: all 2 images belong with judge");
        PreparationFolder.AssertFails(_folder.Options with { ApartFrom = [_folder.File("nowhere")] }, "nowhere: no such folder");
        PreparationFolder.AssertFails(_folder.Options with { ApartFrom = [_folder.Options.Source] }, "is not a dataset, it has no images.npy");
    }

    [Fact]
    public void Validate_FolderThatCannotBe_IsRefused()
    {
        Assert.Contains("apart-from: a dataset folder is needed", Refusal(" "), StringComparison.Ordinal);
        Assert.Contains("is the output folder", Refusal(_folder.Options.Output + "/"), StringComparison.Ordinal);
        string Refusal(string folder) => Assert.Throws<InputException>((_folder.Options with { ApartFrom = [folder] }).Validate).Message;
    }

    private PreparationReport Judge(PrepareOptions options) => PreparationFolder.Prepare(options with { Output = _folder.File("judge") }).Report;

    private static string[] DescriptionKeys(string dataset)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(dataset, DatasetFiles.Description)));
        return [.. json.RootElement.EnumerateObject().Select(property => property.Name)];
    }
}
