using System.Net;
using System.Net.Http.Headers;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Studio.Pages;
using Fovea.Studio.Work;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Studio;

/// <summary>Photographs and masks that are sent to the studio to draw from.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class SentFilesTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private const int Whole = 96;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Draw_FromAPhotograph_IsTheCommandsVariationAndLeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("eye.png");
        await File.WriteAllBytesAsync(file, Photograph(), TestContext.Current.CancellationToken);
        var sent = new SentFiles();
        await sent.Keep("photograph", @"C:\photos\eye.png", new MemoryStream(Photograph()), TestContext.Current.CancellationToken);
        var kept = sent.PathOf("photograph")!;
        var order = FileFields.With(
            new SamplingOrder([("tiny", tiny.Finished())], null, null, 5, "ddim", 4, 2),
            new Fields(new Dictionary<string, string> { ["strength"] = "0.5" }), sent);
        using var desk = new SamplingDesk();
        var job = desk.Start(order);
        await Over(job);
        Assert.StartsWith("done", job.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(kept))));
        Assert.Contains("--from eye.png --strength 0.5", string.Join(' ', order.Arguments("tiny")), StringComparison.Ordinal);
        SamplingRun.Execute(
            tiny.Finished(), folder.File("drawn"), true, null, new SampleRequest { Count = 2, Seed = 5, Sampler = "ddim", Steps = 4 },
            source: new PictureSource { Files = [file], Strength = 0.5 }, cancellation: TestContext.Current.CancellationToken);
        for (var index = 0; index < 2; index++)
            Assert.Equal(File.ReadAllBytes(DrawnImages.PathOf(folder.File("drawn"), index)), job.Picture(0, index));
    }

    [Theory]
    [InlineData("../../outside", "eye.png")]
    [InlineData("/tmp/outside", "eye.png")]
    [InlineData("photograph", "../../eye.png")]
    public async Task Keep_NamesThatArePaths_StaysInOneFolder(string field, string name)
    {
        string folder;
        using (var sent = new SentFiles())
        {
            await sent.Keep("photograph", "eye.png", new MemoryStream(Photograph()), TestContext.Current.CancellationToken);
            folder = Path.GetDirectoryName(Path.GetDirectoryName(sent.PathOf("photograph")!))!;
            await sent.Keep(field, name, new MemoryStream(Photograph()), TestContext.Current.CancellationToken);
            Assert.Equal(folder, Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(sent.PathOf(field)!))));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Draw_ForAMask_IsTheCommandsImage()
    {
        using var folder = new TemporaryFolder();
        var run = tiny.Finished("denoiser.mask_conditional=true");
        var file = folder.File("mask.png");
        await File.WriteAllBytesAsync(file, IndexMask(), TestContext.Current.CancellationToken);
        var sent = new SentFiles();
        await sent.Keep("mask", "mask.png", new MemoryStream(IndexMask()), TestContext.Current.CancellationToken);
        var order = FileFields.With(
            new SamplingOrder([("tiny", run)], null, null, 5, "ddim", 4, 1), new Fields(new Dictionary<string, string>()), sent);
        // It is larger than the run's images.
        Assert.Contains("brought to 32×32 pixels by area, first mask.png", Assert.Single(order.Notes), StringComparison.Ordinal);
        using var desk = new SamplingDesk();
        var job = desk.Start(order);
        await Over(job);
        Assert.StartsWith("done", job.Message, StringComparison.Ordinal);
        SamplingRun.Execute(
            run, folder.File("drawn"), true, null, new SampleRequest { Count = 1, Seed = 5, Sampler = "ddim", Steps = 4 },
            masks: new MaskSource { Path = file, Count = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(DrawnImages.PathOf(folder.File("drawn"), 0)), job.Picture(0, 0));
    }

    [Fact]
    public async Task Post_APhotograph_IsDrawnFromAndSaysWhoseRetinaItIs()
    {
        await using var visit = await Visit();
        using var answer = await Send(visit, [("model", "run"), ("count", "1"), ("steps", "2")], ("photograph", "<eye>.png", Photograph()));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var (_, text) = await visit.Get("/sample");
        Assert.Contains("carry the retina of the person in it", text, StringComparison.Ordinal);
        Assert.Contains("--from eye-png-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<eye>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photograph", "notes.png", "just text", "not a picture")]
    [InlineData("photograph", "empty.png", "", "the file is empty")]
    [InlineData("mask", "mask.png", "just text", "this model is not told masks (denoiser.mask_conditional = false)")]
    public async Task Post_WhatCannotBeDrawnFrom_IsToldAtItsField(string field, string name, string content, string words)
    {
        await using var visit = await Visit();
        using var answer = await Send(visit, [("model", "run"), ("seed", "7")], (field, name, System.Text.Encoding.UTF8.GetBytes(content)));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"id=\"wrong-{field}\"", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains("value=\"7\"", text, StringComparison.Ordinal);
        // The file as its sender calls it, and nothing of where it lay.
        Assert.DoesNotContain("fovea-studio-", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FieldsThatDoNotGoTogether_AreToldAtTheField()
    {
        await using var visit = await Visit();
        async Task Fails(string field, (string Name, string Value)[] fields, params (string Field, string Name, byte[] Content)[] files)
        {
            using var answer = await Send(visit, [("model", "run"), .. fields], files);
            Assert.Contains(
                $"id=\"wrong-{field}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await Fails("mask", [], ("photograph", "eye.png", Photograph()), ("mask", "mask.png", IndexMask()));
        await Fails("photograph", [("strength", "0.5")]);
        await Fails("strength", [("strength", "1.5")], ("photograph", "eye.png", Photograph()));
        await Fails("framing", [("framing", "none")], ("photograph", "eye.png", Photograph()));
    }

    [Fact]
    public async Task Post_FilesThatAreTooLarge_AreToldInOneLine()
    {
        await using var visit = await Visit();
        using var answer = await Send(visit, [("model", "run")], ("photograph", "eye.png", new byte[FileFields.MostBytes + (1 << 20)]));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("role=\"alert\">The files have 33 MiB together; allowed: up to 32 MiB.<", text, StringComparison.Ordinal);
    }

    private static byte[] Photograph() => PngFile.Encode(new RgbImage(Whole, Whole, PhantomRenderer.Render(PhantomParameters.Sample(5, 3), Whole)));

    // Vessels, disc and field as stripes: k is the k-th class.
    private static byte[] IndexMask() =>
        PngFile.Encode(new RgbImage(64, 64, [.. Enumerable.Range(0, 64 * 64).SelectMany(i => Enumerable.Repeat((byte)(i % 4), 3))]));

    private async Task<StudioVisit> Visit()
    {
        var visit = await StudioVisit.Begin();
        Copy(tiny.Finished(), Path.Combine(visit.Folder, "run"));
        return visit;
    }

    private static async Task<HttpResponseMessage> Send(
        StudioVisit visit, IEnumerable<(string Name, string Value)> fields, params (string Field, string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var (field, name, content) in files)
            form.Add(new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, field, name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sample") { Content = form };
        request.Headers.Add("Origin", visit.Origin);
        return await visit.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task Over(SamplingJob job)
    {
        var end = DateTime.UtcNow + s_patience;
        while (!job.IsOver)
        {
            Assert.True(DateTime.UtcNow < end, "it did not come to its end");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
