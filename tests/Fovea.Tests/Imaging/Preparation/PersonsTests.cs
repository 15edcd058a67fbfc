using Fovea.Imaging.Datasets;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

/// <summary>Who is one person, from copies to names of files, and what splits make of it.</summary>
public sealed class PersonsTests : IDisposable
{
    private readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_CopyOfAnotherPatient_KeepsBothInOneSplit()
    {
        var (names, table) = (Enumerable.Range(0, 10), "file,patient\n");
        _folder.Add(names);
        foreach (var i in names) table += $"{i},P{i / 2}\n";
        foreach (var seed in Enumerable.Range(1, 4))
        {
            // Each time a picture of P0 has a copy that is said to be of another patient.
            File.Copy(_folder.File("in/0.png"), _folder.File("in/copy.png"), overwrite: true);
            var options = _folder.Options with { Labels = _folder.Table($"{table}copy,P{seed}\n"), ValFraction = 0.4, Output = _folder.File($"out{seed}") };
            var (report, files) = PreparationFolder.Prepare(options);
            Assert.Equal(10, files.Length);
            var splits = SplitsByPatient(report);
            Assert.Single(splits["P0"].Concat(splits[$"P{seed}"]).Distinct());
            Assert.Contains(report.Warnings, w => w.Contains($"different patients: 0.png has 'P0', copy.png has 'P{seed}'", StringComparison.Ordinal));
            Assert.Equal($"P{seed}", report.Duplicates.Single().Patient);
            PreparationFolder.AssertFails(options with { Strict = true, Output = _folder.File("strict") }, "different patients", "copy.png", "(strict)");
        }
    }

    [Fact]
    public void Run_ApartFromADatasetWithACopy_LeavesOutTheCopysPatient()
    {
        _folder.Add([0], "judged");
        File.Copy(_folder.File("judged/0.png"), _folder.File("judged/copy.png"));
        var judge = PreparationFolder.Prepare(_folder.Options with
        {
            Source = _folder.File("judged/x")[..^2],
            Output = _folder.File("judge"),
            Labels = _folder.Table("file,patient\n0,P0\ncopy,P9\n", "judged.csv"),
        }).Report;
        _folder.Add([5, 6]);
        var options = _folder.Options with { Labels = _folder.Table("file,patient\n5,p9 \n6,P1\n"), ApartFrom = [judge.Output] };
        Assert.Equal(["6.png"], PreparationFolder.Prepare(options).Files);
    }

    [Fact]
    public void Run_PatientsOfImagesLeftOut_TieNoOthers()
    {
        // What is left after --apart-from has other numbers than before: the persons must move with their images.
        _folder.Add(Enumerable.Range(0, 8));
        _folder.Add([0, 1], "judged");
        var judge = PreparationFolder.Prepare(_folder.Options with { Source = _folder.File("judged/x")[..^2], Output = _folder.File("judge") }).Report;
        var (report, _) = PreparationFolder.Prepare(_folder.Options with
        {
            ApartFrom = [judge.Output],
            ValFraction = 0.5,
            Labels = _folder.Table("file,patient\n0,x\n1,y\n2,a\n3,a\n4,b\n5,b\n6,c\n7,c\n"),
        });
        Assert.Equal(["a", "b", "c"], SplitsByPatient(report).Keys.Order());
        Assert.All(SplitsByPatient(report), patient => Assert.Single(patient.Value.Distinct()));
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData("?")]
    public void Run_UnknownPatients_AreNotOnePerson(string word)
    {
        _folder.Add(Enumerable.Range(0, 6));
        var (report, _) = PreparationFolder.Prepare(_folder.Options with
        {
            ValFraction = 0.34,
            Labels = _folder.Table("file,Patient ID,label\n" + string.Concat(Enumerable.Range(0, 6).Select(i => $"{i},{word},{(i < 2 ? word : "x")}\n"))),
        });
        Assert.Equal((4, 2), (report.SplitCounts[Split.Train], report.SplitCounts[Split.Val]));
        Assert.Equal(["x"], report.ClassNames);
        Assert.Equal(2, report.WithoutLabel);
        Assert.Contains(report.Warnings, w => w.Contains($"column 'Patient ID': '{word}' (6) means unknown", StringComparison.Ordinal));
        Assert.Contains("no column: split", report.Columns);
        Assert.Contains("column 'Patient ID': patient of 0 rows, unknown in 6", report.Columns);
    }

    [Theory]
    [InlineData("{0}_left", "{0}_right", "^(.+)_(left|right)$")]
    [InlineData("{0}_OD", "{0}_OS", "^(.+)_O[DS]$")]
    [InlineData("{0}-L", "{0}-R", "^(?<patient>.+)-[LR]$")]
    [InlineData("IMG{0}R", "IMG{0}L", "^(IMG[0-9]+)")]
    [InlineData("right_{0}", "left_{0}", "[0-9]+")]
    [InlineData("left/{0}", "right/{0}", "/([^/]+)$")]
    [InlineData("0/{0}_left", "2/{0}_right", "^(.+)_(left|right)$")]
    public void Run_BothEyesUnderNames_WarnUntilThePatientIsKnown(string one, string other, string pattern)
    {
        for (var i = 0; i < 6; i++)
        {
            File.WriteAllBytes(_folder.File("in/" + one.Replace("{0}", $"{10 + i}", StringComparison.Ordinal) + ".png"), PreparationFolder.Picture(i).ToPng());
            File.WriteAllBytes(
                _folder.File("in/" + other.Replace("{0}", $"{10 + i}", StringComparison.Ordinal) + ".png"), PreparationFolder.Picture(20 + i).ToPng());
        }

        var options = _folder.Options with { ValFraction = 0.34 };
        var warning = PreparationFolder.Prepare(options).Report.Warnings.Single(w => w.Contains("both eyes", StringComparison.Ordinal));
        Assert.Contains("6 pairs of names differ in the side only", warning, StringComparison.Ordinal);
        Assert.Contains("no patient is known", warning, StringComparison.Ordinal);
        Assert.Contains("name the column with the patients", warning, StringComparison.Ordinal);
        var suggested = warning.Split('\'')[^2];
        foreach (var given in new[] { pattern, suggested })
        {
            var (report, _) = PreparationFolder.Prepare(options with { PatientPattern = given, Force = true });
            Assert.DoesNotContain(report.Warnings, w => w.Contains("both eyes", StringComparison.Ordinal));
            Assert.Equal(6, SplitsByPatient(report).Count);
            Assert.All(SplitsByPatient(report), patient => Assert.Equal([2, 1], [patient.Value.Length, patient.Value.Distinct().Count()]));
        }
    }

    [Fact]
    public void Run_NamesWithoutSides_AreNoPairs()
    {
        foreach (var (name, i) in new[] { "bright1", "blight1", "10_leftover", "10_rightmost", "a_od", "b_os" }.Select((name, i) => (name, i)))
            File.WriteAllBytes(_folder.File($"in/{name}.png"), PreparationFolder.Picture(i).ToPng());
        Assert.Empty(PreparationFolder.Prepare(_folder.Options).Report.Warnings);
    }

    [Theory]
    [InlineData("(", "is no regular expression")]
    [InlineData("", "patient-pattern is empty")]
    [InlineData("^x", "finds a patient in none of 2 names; the first is '0'")]
    public void Run_BadPattern_IsOneLine(string pattern, string words)
    {
        _folder.Add([0, 1]);
        PreparationFolder.AssertFails(_folder.Options with { PatientPattern = pattern }, words);
    }

    [Fact]
    public void Run_OnePersonOnly_TellsThatThereIsNoValidation()
    {
        _folder.Add(Enumerable.Range(0, 5));
        var options = _folder.Options with { Labels = _folder.Table("file,patient\n0,a\n1,A\n2,a\n3,a\n4,a\n"), ValFraction = 0.2 };
        var (report, _) = PreparationFolder.Prepare(options);
        Assert.Equal((5, 0), (report.SplitCounts[Split.Train], report.SplitCounts[Split.Val]));
        Assert.Contains(
            "no validation image, though a share of 0.2 was asked for: of 5 images 5 belong together",
            Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Empty(PreparationFolder.Prepare(options with { ValFraction = 0, Force = true }).Report.Warnings);
    }

    [Fact]
    public void Run_OtherNamesAndOrder_GiveTheSameSplits()
    {
        // Files made in another order, under names in another order, in folders: the same pictures of the same persons.
        foreach (var i in Enumerable.Range(0, 12)) File.WriteAllBytes(_folder.File($"in/{i:D2}.png"), PreparationFolder.Picture(i).ToPng());
        foreach (var i in Enumerable.Range(0, 12).Reverse())
        {
            File.WriteAllBytes(
                _folder.File($"other/{(char)('c' - i % 3)}/{50 - i:D2}.png"), PreparationFolder.Picture(i).ToPng());
        }

        var one = Prepared("in", string.Concat(Enumerable.Range(0, 12).Select(i => $"{i:D2},p{i % 8},{i % 3}\n")));
        var two = Prepared("other", string.Concat(Enumerable.Range(0, 12).Select(i => $"{50 - i:D2},p{i % 8},{i % 3}\n")));
        Assert.Equal(one, two);
        Assert.Equal(2, one.Values.Select(entry => entry.Split).Distinct().Count());

        Dictionary<string, (Split Split, int? Label)> Prepared(string folder, string rows)
        {
            var options = _folder.Options with
            {
                Source = _folder.File(folder + "/x")[..^2],
                Output = _folder.File("out-" + folder),
                ValFraction = 0.3,
                Labels = _folder.Table("file,patient,label\n" + rows, folder + ".csv"),
            };
            PreparationFolder.Prepare(options);
            using var dataset = ImageDataset.Open(options.Output);
            return dataset.Entries.ToDictionary(entry => entry.Sha256, entry => (entry.Split, entry.Label));
        }
    }

    private static Dictionary<string, Split[]> SplitsByPatient(PreparationReport report)
    {
        using var dataset = ImageDataset.Open(report.Output);
        return dataset.Entries.GroupBy(entry => entry.Patient).ToDictionary(patient => patient.Key, patient => patient.Select(entry => entry.Split).ToArray());
    }
}
