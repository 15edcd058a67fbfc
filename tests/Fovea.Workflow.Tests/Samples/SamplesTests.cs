using System.Diagnostics;
using System.Globalization;
using Fovea.Imaging.Decoding;
using Fovea.Tests.Cli;

namespace Fovea.Tests.Samples;

/// <summary>The programs below samples/ run and show what they say, and docs/samples.md shows them as they are.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Page_ShowsEachProgramAsItIs()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "samples.md"));
        string[] programs = [.. Directory.GetFiles(Path.Combine(Root(), "samples", "Fovea.Samples"), "*.cs")
            .Where(file => Path.GetFileName(file) != "Program.cs")];
        Assert.Equal(5, programs.Length);
        Assert.All(programs, file => Assert.True(
            page.Contains($"```csharp\n{File.ReadAllText(file)}```\n", StringComparison.Ordinal),
            $"docs/samples.md does not show {file} as it is; copy the file into its block"));
    }

    [Fact]
    public void Run_AllPrograms_ShowWhatTheySay()
    {
        var said = Run("gradients", "noise", "mixture", "hybrid", "latent");
        Assert.Equal(Numbers(said[1])[1], Numbers(said[1])[2], 1e-6);
        Assert.Equal(Numbers(said[2])[1], Numbers(said[2])[2], 1e-6);
        Assert.NotEqual(0, Numbers(said[1])[1]);
        // Without noise 1; each mitigation gives back a part of what noise took.
        var (ideal, noisy, readout, extrapolated) = (Last(said[3]), Last(said[4]), Last(said[5]), Last(said[6]));
        Assert.Equal(1, ideal, 1e-6);
        Assert.True(noisy < readout && noisy < extrapolated && readout < 1 && extrapolated < 1, string.Join('\n', said));
        Assert.All(said[8..13], line => Assert.Equal(0.25, Last(line), 0.05));
        Assert.True(Numbers(said[16])[1] < 0.6 * Numbers(said[14])[1], string.Join('\n', said));
        Assert.True(Last(said[18]) < Last(said[17]) && Last(said[20]) < Last(said[19]), string.Join('\n', said));
        Assert.Equal(104, ImageFile.ReadRgb(Path.Combine(_folder, "latent-diffusion.png")).Width);
    }

    private static double Last(string line) => Numbers(line)[^1];

    /// <summary>The numbers of a line, words apart.</summary>
    private static double[] Numbers(string line) =>
        [.. line.Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Where(double.IsFinite)];

    private string[] Run(params string[] samples)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(Root(), "samples", "Fovea.Samples", "bin", configuration, "net10.0", "Fovea.Samples.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. samples])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Tests share the machine with tests, and threads of small tensors would wait for each other.
        start.Environment["OMP_NUM_THREADS"] = "1";
        var result = FoveaProcess.Finish(Process.Start(start)!);
        result.AssertSuccess();
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose samples are out of reach");
        return folder!.FullName;
    }
}
