using System.Net;
using Fovea.Imaging.Phantom;
using Fovea.Studio.Work;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Studio;

/// <summary>Trainings and images that a studio is asked for.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class WorkTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Stands in for the program: it fails at once.</summary>
    private static readonly string[] s_failing = ["/bin/sh", "-c", "echo 'fovea: it cannot be' >&2; exit 2", "fovea"];

    /// <summary>Stands in for the program: it goes on until it is asked to end.</summary>
    private static readonly string[] s_lasting = ["/bin/sh", "-c", "trap 'echo \"fovea: interrupted\" >&2; exit 130' TERM; while :; do sleep 0.05; done",
        "fovea"];

    [Fact]
    public async Task Train_AWrongSetting_IsToldAtItsField()
    {
        await using var visit = await WithDataset(s_failing);
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "32"), ("denoiser.training.steps", "-1"));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"wrong-denoiser.training.steps\"", text, StringComparison.Ordinal);
        Assert.Contains("fovea train demo --data", text, StringComparison.Ordinal);
        Assert.False(File.Exists(TrainingLog.PathOf(Path.Combine(visit.Folder, "run"))));
    }

    [Fact]
    public async Task Train_ADatasetOfAnotherSize_IsToldAtTheSize()
    {
        await using var visit = await WithDataset(s_failing);
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "64"));
        Assert.Contains("id=\"wrong-size\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../run")]
    [InlineData("data")]
    [InlineData("/tmp/run")]
    [InlineData("a/.git")]
    public async Task Train_AFolderThatIsNone_IsToldAtItsField(string run)
    {
        await using var visit = await WithDataset(s_failing);
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", run));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"wrong-run\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ALogOfSomebodyElse_IsLeftAsItIs()
    {
        await using var visit = await WithDataset(s_failing);
        var log = Path.Combine(visit.Folder, "run.log");
        File.WriteAllText(log, "mine\n");
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "32"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"wrong-run\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(log));
    }

    [Fact]
    public async Task Train_APlaceThatCannotBeWritten_IsToldAtItsField()
    {
        await using var visit = await WithDataset(s_failing);
        foreach (var run in new[] { "data/dataset.json/run", new string('x', 300) })
        {
            using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", run), ("size", "32"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("id=\"wrong-run\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    /// <summary>A file of the machine that is named in a field must not come to be read, nor what stands in it to be told.</summary>
    [Theory]
    [InlineData("quantum.ansatz", "/etc/passwd")]
    [InlineData("quantum.ansatz", "../secret.ansatz")]
    [InlineData("quantum.noise.profile", "/etc/hostname")]
    [InlineData("quantum.noise.profile", "nonsense")]
    public async Task Train_FileOutsideOfTheFolder_IsRefusedAtItsField(string setting, string value)
    {
        await using var visit = await WithDataset(s_failing);
        File.WriteAllText(Path.Combine(visit.Folder, "..", "secret.ansatz"), "the secret");
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "32"), (setting, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"{value} is not allowed; allowed: ", System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
        Assert.False(File.Exists(TrainingLog.PathOf(Path.Combine(visit.Folder, "run"))));
    }

    [Fact]
    public async Task Train_ATrainingThatFails_HasItsLineAtTheTop()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        await using var visit = await WithDataset(s_failing);
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "runs/first"), ("size", "32"));
        Assert.Equal("/run?path=runs%2Ffirst", answer.Headers.Location?.OriginalString);
        await Eventually(async () => (await visit.Get("/run?path=runs/first")).Text.Contains("role=\"alert\">it cannot be<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_ATrainingThatAStudioStarted_OutlivesItAndEndsWhenAsked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        await using (var visit = await WithDataset(s_lasting, folder))
        {
            using var started = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "32"));
            await Eventually(() => Task.FromResult(TrainingLog.Read(run) is { Process: not null, IsAlive: true }));
            using var again = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("size", "32"));
            Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        }

        Assert.True(TrainingLog.Read(run)!.IsAlive);
        await using var other = await StudioVisit.Begin(folder);
        using var stopped = await other.Post("/train/stop", ("path", "run"));
        await Eventually(() => Task.FromResult(TrainingLog.Read(run) is { IsAlive: false, Error: "interrupted" }));
        using var late = await other.Post("/train/stop", ("path", "run"));
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    /// <summary>The number of a process that has ended is given to another: only one that trains this run is taken for it, and could be ended.</summary>
    [Theory]
    [InlineData("train", "run", true)]
    [InlineData("train", "runs/run/", true)]
    [InlineData("train", "run2", false)]
    [InlineData("train.py", "run", false)]
    [InlineData("trainer-of-run", "other", false)]
    public void Read_ProcessOfThatNumber_IsTheTrainingOfThisRunOrNot(string word, string output, bool isAlive)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the words of a process are read from /proc");
        using var folder = new TemporaryFolder();
        using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", "sleep 60; true", word, "config", "--data", "d", "--out", output, "--resume"]);
        try
        {
            File.WriteAllText(TrainingLog.PathOf(folder.File("run")), $"fovea train demo --out run\npid {process.Id}\n");
            Assert.Equal(isAlive, TrainingLog.Read(folder.File("run"))!.IsAlive);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Train_GoneOnWith_KeepsWhatTheRunSaidBefore()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        await using var visit = await WithDataset(s_failing);
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        File.WriteAllText(Path.Combine(run, "config.toml"), Fovea.Training.Configuration.ShippedConfigs.Read("demo", ["size=32"]).ToToml());
        var log = TrainingLog.PathOf(run);
        const string Before = "fovea train demo --data data --out run\npid 1\nstep 10\nfovea: interrupted";
        File.WriteAllText(log, Before);
        using var answer = await visit.Post("/train", ("resume", "run"), ("data", "data"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await Eventually(() => Task.FromResult(TrainingLog.Read(run) is { Error: "it cannot be" }));
        Assert.StartsWith(Before + "\nfovea train ", File.ReadAllText(log), StringComparison.Ordinal);
        var told = TrainingLog.Read(run)!;
        Assert.EndsWith("--resume", told.Command, StringComparison.Ordinal);
        Assert.NotEqual(1, told.Process);
        Assert.Equal(["fovea: it cannot be"], told.Last);
    }

    [Fact]
    public async Task Train_BeginningWithAModel_TakesItsWeightsAndConfiguration()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "trainings are started in a terminal there");
        await using var visit = await WithDataset(s_failing, size: 64);
        const string Model = "pretrained:fundus-64-mixer";
        using var answer = await visit.Post("/train", ("config", "demo"), ("data", "data"), ("run", "run"), ("init", Model));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var run = Path.Combine(visit.Folder, "run");
        await Eventually(() => Task.FromResult(TrainingLog.Read(run) is { Error: "it cannot be" }));
        var command = TrainingLog.Read(run)!.Command;
        Assert.Contains($"fundus-64-mixer/config.toml --data ", command, StringComparison.Ordinal);
        Assert.EndsWith($" --init {Model}", command, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "nowhere", "id=\"wrong-init\"")]
    [InlineData("../run", "nowhere", "id=\"wrong-run\"")]
    [InlineData("other", "pretrained:fundus-64-mixer", "draws images of 64 px")]
    public async Task Train_BeginningWithWhatDoesNotFit_IsToldAtItsField(string run, string start, string told)
    {
        await using var visit = await WithDataset(s_failing);
        using var answer = await visit.Post("/train", ("data", "data"), ("run", run), ("init", start));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(told, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ALineOfATrainingThatNamesAnother_IsNoBeginning()
    {
        using var folder = new TemporaryFolder();
        var run = folder.File("run");
        File.WriteAllText(TrainingLog.PathOf(run), "fovea train demo --out run\npid 1\nfovea train is what comes next\nstep 10\n");
        Assert.Equal("fovea train demo --out run", TrainingLog.Read(run)!.Command);
    }

    [Fact]
    public async Task Sample_ImagesAreThoseOfTheCommand_AndAreSeenBefore()
    {
        using var drawn = new TemporaryFolder();
        var run = tiny.Finished();
        var order = new SamplingOrder([("tiny", run)], null, null, 5, "ddim", 4, 3);
        using var desk = new SamplingDesk();
        var job = desk.Start(order);
        var busy = job.IsOver ? null : Record.Exception(() => desk.Start(order));
        await Eventually(() => Task.FromResult(job.IsOver));
        Assert.StartsWith("done", job.Message, StringComparison.Ordinal);
        Assert.True(busy is null or Core.Errors.InputException);
        SamplingRun.Execute(run, drawn.Path, true, null, new SampleRequest { Count = 3, Seed = 5, Sampler = "ddim", Steps = 4 },
            cancellation: TestContext.Current.CancellationToken);
        for (var index = 0; index < 3; index++) Assert.Equal(File.ReadAllBytes(DrawnImages.PathOf(drawn.Path, index)), job.Picture(0, index));
        // Each of the three after each of the first three steps, and at its end.
        Assert.Equal(12, job.Since(0).Version);
    }

    [Fact]
    public async Task Sample_AClassThatTheRunDoesNotKnow_IsSaid()
    {
        using var desk = new SamplingDesk();
        var job = desk.Start(new SamplingOrder([("tiny", tiny.Finished())], "nonsense", null, 5, null, null, 1));
        await Eventually(() => Task.FromResult(job.IsOver));
        Assert.Contains("nonsense", job.Message, StringComparison.Ordinal);
        Assert.True(job.HasFailed);
    }

    [Fact]
    public async Task Sample_AnOrderWithoutBounds_IsToldAtItsField()
    {
        await using var visit = await StudioVisit.Begin();
        using var answer = await visit.Post("/sample", ("model", "pretrained:fundus-64-quantum"), ("count", "65"));
        Assert.Contains("id=\"wrong-count\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<StudioVisit> WithDataset(IReadOnlyList<string> program, TemporaryFolder? folder = null, int size = 32)
    {
        var visit = await StudioVisit.Begin(folder, program);
        PhantomDataset.Write(
            new PhantomOptions { Folder = Path.Combine(visit.Folder, "data"), Count = 8, Size = size, Seed = 1, Threads = 1 },
                cancellation: TestContext.Current.CancellationToken);
        return visit;
    }

    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        var end = DateTime.UtcNow + s_patience;
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < end, "it did not come");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
