using System.Diagnostics;
using System.Globalization;
using Fovea.Imaging.Decoding;

namespace Fovea.Tests.Cli;

/// <summary>Training and sampling by the program: from end to end, after being killed, and with bad input.</summary>
public sealed partial class RunTests(PhantomPair pair) : IClassFixture<PhantomPair>
{
    [Fact]
    public void Evaluate_TooFewImages_IsRefusedBeforeAnyIsDrawn()
    {
        var output = pair.New("judged");
        FoveaCommand.Run("evaluate", "--real", pair.Dataset, "--generated", pair.Run, "--count", "12", "--out", output, "--threads", "1")
            .AssertBadInput("at least 20 are needed");
        // What is refused leaves nothing.
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Sample_TrainedPair_WritesPictures()
    {
        var output = pair.New("samples");
        FoveaProcess.Run("sample", pair.Run, "--count", "3", "--out", output).AssertSuccess();
        foreach (var name in new[] { "000000.png", "000001.png", "000002.png" })
        {
            var picture = ImageFile.ReadRgb(Path.Combine(output, name));
            Assert.Equal((32, 32), (picture.Width, picture.Height));
        }

        Assert.True(File.Exists(Path.Combine(output, "grid.png")));
        FoveaCommand.Run("sample", pair.Run, "--out", output).AssertBadInput(output, "not empty", "--force");
        FoveaCommand.Run("sample", pair.Run, "--out", pair.Run, "--force").AssertBadInput("is the run itself");
    }

    // Libraries must not speak there: on a processor that NNPACK does not know, libtorch did so 56 times in the demo.
    [Fact]
    public void TrainAndSample_NoLibrarySpeaksOnStandardError()
    {
        pair.Training.AssertQuiet();
        FoveaProcess.Run("sample", pair.Run, "--count", "2", "--out", pair.New("quiet")).AssertQuiet();
    }

    [Fact]
    public void Train_KilledAndResumed_ReachesItsEnd()
    {
        var run = pair.New("killed");
        string[] train = ["train", "demo", "--data", pair.Dataset, "--out", run, .. PhantomPair.Tiny, .. PhantomPair.Set("denoiser.training.steps=60")];
        using (var process = FoveaProcess.Start(train))
        {
            WaitFor(
                process,
                () => Directory.Exists(Path.Combine(run, "checkpoints"))
                    && Directory.EnumerateFiles(Path.Combine(run, "checkpoints"), "denoiser-*.safetensors").Any());
            process.Kill();
            process.WaitForExit();
        }

        var reached = LastStep(run);
        Assert.InRange(reached, 2, 59);
        FoveaCommand.Run(train).AssertBadInput(run, "--resume");
        FoveaCommand.Run([.. train, "--resume", .. PhantomPair.Set("quantum.layers=2")]).AssertBadInput("other settings", "quantum.layers");
        FoveaCommand.Run([.. train, "--resume"]).AssertSuccess();
        Assert.Equal(60, LastStep(run));
        Assert.DoesNotContain(Directory.EnumerateFiles(run, "*.partial", SearchOption.AllDirectories), _ => true);
    }

    [Fact]
    public void Train_FinishedRun_TellsItsFiguresAndGoesOnWhenToldTo()
    {
        var run = pair.New("longer");
        string[] train = ["train", "demo", "--data", pair.Dataset, "--out", run, .. PhantomPair.Tiny];
        var first = FoveaCommand.Run(train);
        first.AssertSuccess();
        string[] told =
        [
            $"trained: {run}\n", "  stage ", "  denoiser ", "reconstruction of ", $"page: {Path.Combine(run, "report.html")}", $"next: fovea sample {run}",
            "--set denoiser.training.steps=8",
        ];
        Assert.All(told, words => Assert.Contains(words, first.Output, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
        FoveaCommand.Run(
            [
                "train", Path.Combine(run, "config.toml"), "--data", pair.Dataset, "--out", run, "--resume",
                .. PhantomPair.Set("denoiser.training.steps=8"),
            ])
            .AssertSuccess();
        Assert.Equal(8, LastStep(run));
        FoveaCommand.Run([.. train, "--resume"]).AssertBadInput("denoiser.training.steps = 4 is fewer than the 8 steps that are done");
        FoveaCommand.Run("train", "demo", "--data", pair.Dataset, "--out", pair.New("tuned"), "--init", run, "--set", "size=32", "--set", "threads=1")
            .AssertBadInput(run, "here", "there", "--init");
    }

    [Fact]
    public void Train_Interrupted_KeepsItsStateAndExits130()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("sends a POSIX signal");
        var run = pair.New("interrupted");
        string[] train =
        [
            "train", "demo", "--data", pair.Dataset, "--out", run, .. PhantomPair.Tiny,
            .. PhantomPair.Set("autoencoder.training.steps=100000"),
            "--stage", "autoencoder",
        ];
        var process = FoveaProcess.Start(train);
        WaitFor(process, () => File.Exists(Path.Combine(run, "autoencoder.safetensors")));
        Process.Start("kill", [IgnoresInterrupts(process) ? "-TERM" : "-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        var result = FoveaProcess.Finish(process);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("fovea: interrupted; what was finished is kept, --resume continues", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(run, "checkpoints"), "autoencoder-*.safetensors"));
    }

    // What a shell starts in the background ignores Ctrl-C, and so do its children: these tests among them.
    private static bool IgnoresInterrupts(Process process)
    {
        const string Ignored = "SigIgn:";
        var status = $"/proc/{process.Id}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1 << 1)) != 0;
    }

    [Theory]
    [InlineData("quantum.qubits=0", "quantum.qubits = 0", "1 to 64")]
    [InlineData("quantum.qubits=70", "quantum.qubits = 70", "1 to 64")]
    [InlineData("quantum.ansatz=hqconv", "[quantum] qubits: hqconv takes a multiple of 4, not 6")]
    [InlineData("quantum.encoding=amplitude", "quantum.encoding = \"amplitude\"", "X, Y, Z, iqp")]
    [InlineData("quantum.qbits=4", "unknown setting 'quantum.qbits'", "did you mean 'quantum.qubits'?")]
    [InlineData("autoencoder.blocks=two", "autoencoder.blocks = \"two\"", "a whole number")]
    [InlineData("sampling.sampler=dpm", "sampling.sampler", "dpm-solver++")]
    [InlineData("size=66", "size = 66", "not divisible")]
    [InlineData("size=128", "its images are 32 px", "--set size=32")]
    [InlineData("nonsense", "--set nonsense", "section.key=value")]
    public void Train_BadSetting_IsNamed(string setting, params string[] words)
    {
        var run = pair.New("bad");
        FoveaCommand.Run(["train", "demo", "--data", pair.Dataset, "--out", run, .. PhantomPair.Set("threads=1"), .. PhantomPair.Set(setting)])
            .AssertBadInput(words);
        Assert.False(Path.Exists(run));
    }

    [Fact]
    public void Train_BadFiles_AreNamed()
    {
        var run = pair.New("bad");
        FoveaCommand.Run("train", "demoo", "--data", pair.Dataset, "--out", run).AssertBadInput("demoo", "did you mean 'demo'?");
        FoveaCommand.Run("train", "demo", "--data", pair.Run, "--out", run, "--set", "threads=1").AssertBadInput(pair.Run);
        var config = pair.New("config") + ".toml";
        File.WriteAllText(config, "size = \n");
        FoveaCommand.Run("train", config, "--data", pair.Dataset, "--out", run).AssertBadInput(config);
        Assert.False(Path.Exists(run));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("foreign")]
    [InlineData("huge header")]
    [InlineData("missing")]
    public void Sample_DamagedWeights_AreNamed(string damage)
    {
        var (run, output) = (pair.New("damaged"), pair.New("samples"));
        Directory.CreateDirectory(run);
        foreach (var name in new[] { "config.toml", "autoencoder.safetensors", "denoiser.safetensors" })
        {
            File.Copy(
                Path.Combine(pair.Run, name), Path.Combine(run, name));
        }

        var weights = Path.Combine(run, "denoiser.safetensors");
        var whole = File.ReadAllBytes(weights);
        if (damage == "missing") File.Delete(weights);
        else File.WriteAllBytes(weights, Damaged(damage, whole));
        string[] sample = ["sample", run, "--out", output];
        // One of them as users see it: a library must not speak beside our line.
        (damage == "cut" ? FoveaProcess.Run(sample) : FoveaCommand.Run(sample)).AssertBadInput(weights);
        Assert.False(Path.Exists(output));
    }

    [Fact]
    public void Phantom_DiskFull_LeavesNothing()
    {
        var mount = pair.New("disk");
        Directory.CreateDirectory(mount);
        const string OnSmallDisk = "mount -t tmpfs -o size=64k none \"$1\" 2>/dev/null || exit 77; "
            + "\"$0\" phantom --count 64 --size 32 --out \"$1/d\"; code=$?; ls \"$1\"; exit $code";
        if (!OperatingSystem.IsLinux() || FoveaProcess.RunScript("unshare -m true 2>/dev/null").ExitCode != 0)
            Assert.Skip("needs the right to mount a small disk");
        var result = FoveaProcess.RunScript($"exec unshare -m bash -c '{OnSmallDisk}' \"$0\" \"$1\"", mount);
        if (result.ExitCode == 77) Assert.Skip("needs the right to mount a small disk");
        result.AssertBadInput(mount, "No space left");
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("phantom", false)]
    [InlineData("sample", true)]
    public void Run_Command_LoadsTensorLibraryOnlyIfNeeded(string command, bool loads)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("reads the loader's own trace");
        string[] arguments = command == "phantom"
            ? ["phantom", "--count", "2", "--size", "32", "--out", pair.New("few")]
            : ["sample", pair.Run, "--count", "1", "--out", pair.New("one")];
        var result = FoveaProcess.RunScript("LD_DEBUG=files exec \"$0\" \"$@\"", arguments);
        result.AssertSuccess();
        Assert.Equal(loads, result.Error.Contains("libtorch_cpu", StringComparison.Ordinal));
    }

    [Fact]
    public void Demo_TinySettings_DrawsItsSheet()
    {
        var output = pair.New("demo");
        var result = FoveaProcess.Run(["demo", "--count", "12", "--out", output, .. PhantomPair.Tiny]);
        result.AssertSuccess();
        Assert.True(File.Exists(Path.Combine(output, "demo.png")));
        Assert.Contains("row 1 phantoms", result.Output, StringComparison.Ordinal);
    }

    private static byte[] Damaged(string damage, byte[] whole) => damage switch
    {
        "cut" => whole[..^100],
        "empty" => [],
        "foreign" => "PK a zip archive, or so it says, and long enough to have a header"u8.ToArray(),
        "huge header" => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. whole[8..]],
        _ => throw new ArgumentOutOfRangeException(nameof(damage), damage, "no such damage"),
    };

    private static void WaitFor(Process process, Func<bool> happened)
    {
        // Minutes, for busy machines; idle ones need seconds.
        var clock = Stopwatch.StartNew();
        while (!happened())
        {
            Assert.False(process.HasExited, "ended before it could be stopped");
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(3), "nothing happened");
            Thread.Sleep(20);
        }
    }

    private static int LastStep(string run) =>
        Directory.EnumerateFiles(Path.Combine(run, "checkpoints"), "denoiser-*.safetensors")
            .Max(path => int.Parse(Path.GetFileNameWithoutExtension(path)["denoiser-".Length..], CultureInfo.InvariantCulture));
}
