using System.Net;
using System.Text.RegularExpressions;
using Fovea.Imaging.Phantom;
using Fovea.Studio.Work;
using Fovea.Tests.Torch;
using Fovea.Training.Configuration;

namespace Fovea.Tests.Studio;

/// <summary>What the pages of a studio show of its folder.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed partial class PagesTests
{
    [Fact]
    public async Task Home_EmptyFolder_SaysWhatToDo()
    {
        await using var visit = await StudioVisit.Begin();
        var (status, text) = await visit.Get("/");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("fovea phantom", text, StringComparison.Ordinal);
        Assert.Contains("fovea prepare", text, StringComparison.Ordinal);
        Assert.Contains("fovea phantom", (await visit.Get("/train")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_Everything_IsListedByItsKindTheNewestFirst()
    {
        await using var visit = await StudioVisit.Begin();
        foreach (var (name, age) in new[] { ("runs/old", 2), ("runs/new", 1) })
            File.SetLastWriteTimeUtc(Path.Combine(visit.WriteRun(name, StudioVisit.Line(10, 1)), "metrics.jsonl"), DateTime.UtcNow.AddDays(-age));
        Directory.CreateDirectory(Path.Combine(visit.Folder, "judged"));
        File.WriteAllText(Path.Combine(visit.Folder, "judged", "report.html"),
            "<img srcset=\"data:image/png;base64,AAAA\" src=\"data:image/png;base64,iVBORw==\"/>");
        File.WriteAllText(Path.Combine(visit.Folder, "judged", "report.json"), """{"settings":{"generated":"a"}}""");
        var (_, text) = await visit.Get("/");
        Assert.Equal(["runs/new", "runs/old", "judged"], Name().Matches(text).Select(match => match.Groups[1].Value));
        Assert.Contains("Evaluations", text, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'],
            await visit.Client.GetByteArrayAsync("/first.png?path=judged/report.html", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_DamagedLog_IsShownWithoutIt()
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5), "{\"stage\":\"denoiser\",\"st", "no json at all", StudioVisit.Line(20, 0.25));
        File.AppendAllText(Path.Combine(run, "metrics.jsonl"), "{\"stage\":\"denoiser\",\"step\":30,\"lo");
        var (status, text) = await visit.Get("/run?path=run");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("step 20 of", text, StringComparison.Ordinal);
        var chart = await visit.Client.GetByteArrayAsync("/run/chart.png?path=run&chart=loss.png", TestContext.Current.CancellationToken);
        Assert.Equal((byte)'P', chart[1]);
    }

    [Fact]
    public async Task Run_ShareOfTheCircuits_HasAChartWhereItWasMeasured()
    {
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun("without", StudioVisit.Line(10, 0.5));
        visit.WriteRun("with", StudioVisit.Line(10, 0.5).Replace("\"seconds\"", "\"circuit_share\":0.125,\"seconds\"", StringComparison.Ordinal));
        Assert.DoesNotContain("share.png", (await visit.Get("/run?path=without")).Text, StringComparison.Ordinal);
        Assert.Contains("share.png", (await visit.Get("/run?path=with")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visit.Get("/run/chart.png?path=with&chart=share.png&dark=1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.Get("/run/chart.png?path=without&chart=share.png")).Status);
    }

    [Theory]
    [InlineData("2026-01-01 12:30")]
    [InlineData("back\\slash")]
    [InlineData("it's <i>\"ü\"<script>&#?%2e")]
    public async Task Home_AnyNameOfARun_LeadsToIt(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "not all of these are names there");
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun(name, StudioVisit.Line(10, 0.5));
        var (status, text) = await visit.Get("/");
        Assert.Equal(HttpStatusCode.OK, status);
        var address = $"/run?path={Uri.EscapeDataString(name)}";
        Assert.Contains($"href=\"{address}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visit.Get(address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await visit.Get($"/files/{Uri.EscapeDataString(name)}/config.toml")).Status);
    }

    [Fact]
    public async Task Home_ANameWithControlCharacters_IsPassedOverAndTheOthersAreShown()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no such name there");
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun("a\u0001b", StudioVisit.Line(10, 0.5));
        visit.WriteRun("line\nbreak", StudioVisit.Line(10, 0.5));
        visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        var (status, text) = await visit.Get("/");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["run"], Name().Matches(text).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task Run_EndedByConvergence_IsFinishedAtThatStep()
    {
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun("run", StudioVisit.Line(10, 1).Replace("\"seconds\"", "\"ends_at\":2000,\"seconds\"", StringComparison.Ordinal),
            StudioVisit.Line(14, 1).Replace("\"seconds\"", "\"ends_at\":14,\"seconds\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(visit.Folder, "run", "autoencoder.safetensors"), "");
        var (_, text) = await visit.Get("/run?path=run");
        Assert.Contains("Finished.", text, StringComparison.Ordinal);
        Assert.Contains("step 14 of 14", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Run_AFilm_HasASliderWhereThereIsSomethingToSlideTo(int grids, bool isHidden)
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        for (var grid = 1; grid <= grids; grid++) File.WriteAllText(Path.Combine(run, "samples", $"samples-{grid:D8}.png"), "");
        var slider = Slider().Match((await visit.Get("/run?path=run")).Text);
        Assert.True(slider.Success);
        Assert.Equal(isHidden, slider.Value.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Removed_IsAPageThatSaysSo()
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        Assert.Equal(HttpStatusCode.OK, (await visit.Get("/run?path=run")).Status);
        Directory.Delete(run, recursive: true);
        var (status, text) = await visit.Get("/run?path=run");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("run: there is no such run in the folder", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunEvents_ALineIsAppended_ItComes()
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        var log = Path.Combine(run, "metrics.jsonl");
        await using var stream = await visit.Client.GetStreamAsync(
            $"/run/events?path=run&from={MetricsTail.WholeLength(log)}", TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var (added, events) = (StudioVisit.Line(20, 0.25), new List<string>());
        File.AppendAllText(log, added[..9]);
        for (var written = false; events.Count == 0 || events[^1] != "event: gone";)
        {
            if (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is not { Length: > 0 } line) continue;
            events.Add(line);
            if (line == "event: beat" && !written)
            {
                File.AppendAllText(log, added[9..] + "\n");
                written = true;
            }

            if (line == $"data: {added}") Directory.Delete(run, recursive: true);
        }

        Assert.Equal(1, events.Count(line => line == "event: line"));
        Assert.DoesNotContain($"data: {StudioVisit.Line(10, 0.5)}", events);
    }

    [Fact]
    public async Task Dataset_IsPagedAndFiltered()
    {
        await using var visit = await StudioVisit.Begin();
        PhantomDataset.Write(
            new PhantomOptions { Folder = Path.Combine(visit.Folder, "data"), Count = 70, Size = 32, Seed = 1, Threads = 1 },
                cancellation: TestContext.Current.CancellationToken);
        int Count(string text) => Tile().Count(text);
        var first = (await visit.Get("/dataset?path=data")).Text;
        Assert.Equal((60, 10), (Count(first), Count((await visit.Get("/dataset?path=data&page=2&discs=1")).Text)));
        Assert.Contains("page 1 of 2, 70 images", first, StringComparison.Ordinal);
        var splits = 0;
        foreach (var split in new[] { "train", "val", "test" })
        {
            splits += int.Parse(
                Total().Match((await visit.Get($"/dataset?path=data&split={split}")).Text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.Equal(70, splits);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.Get("/dataset/image.png?path=data&index=70")).Status);
        Assert.Contains("<circle", (await visit.Get("/dataset?path=data&discs=1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TwoRuns_NamesWhatDiffers()
    {
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun("one", StudioVisit.Line(10, 0.5));
        var other = Path.Combine(visit.WriteRun("two"), "config.toml");
        File.WriteAllText(other, ShippedConfigs.Read("demo", ["seed=77"]).ToToml());
        var (_, text) = await visit.Get("/compare?path=one&other=two");
        Assert.Contains(">seed<", text, StringComparison.Ordinal);
        Assert.Contains("matter to the weights", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoStudios_OneFolder_BothShowIt()
    {
        using var folder = new TemporaryFolder();
        await using var one = await StudioVisit.Begin(folder);
        await using var two = await StudioVisit.Begin(folder);
        one.WriteRun("run", StudioVisit.Line(10, 0.5));
        Assert.Equal((await one.Get("/")).Text, (await two.Get("/")).Text);
    }

    [GeneratedRegex("class=\"name\">([^<]*)<")]
    private static partial Regex Name();

    [GeneratedRegex("<input type=\"range\"[^>]*>")]
    private static partial Regex Slider();

    [GeneratedRegex("dataset/image.png")]
    private static partial Regex Tile();

    [GeneratedRegex(@"of \d+, (\d+) images")]
    private static partial Regex Total();
}
