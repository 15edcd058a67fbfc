using System.Diagnostics;
using Fovea.Tests.Cli;

namespace Fovea.Tests.Samples;

/// <summary>docs/library.md as written: its project and its program, built and run outside the repository.</summary>
public sealed class LibraryPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-library-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Program_AsWritten_TrainsAHybridLayer()
    {
        var root = Root();
        var page = File.ReadAllText(Path.Combine(root.FullName, "docs", "library.md"));
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        File.WriteAllText(Path.Combine(_folder, "Mine.csproj"), Block(page, "xml").Replace("../fovea/", root.FullName + "/", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), Block(page, "csharp"));
        // Ours are built and restored already. Links in place of half a gigabyte of copies.
        Run("build", "-c", configuration, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:BuildProjectReferences=false", "-p:RestoreRecursive=false",
            "-p:NuGetAudit=false", "-p:CreateHardLinksForCopyLocalIfPossible=true", "-p:CreateSymbolicLinksForCopyLocalIfPossible=true").AssertSuccess();
        var program = Path.Combine("bin", configuration, "net10.0", "Mine.dll");
        var result = Run(program);
        result.AssertSuccess();
        var losses = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => float.Parse(line.Split(": ")[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, losses.Length);
        Assert.True(losses[0] > losses[1] && losses[1] > losses[2] && losses[2] < 0.1 * losses[0] && losses[3] > losses[2], result.Output);
    }

    private static string Block(string page, string language)
    {
        var start = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose projects are out of reach");
        return folder!;
    }

    private FoveaResult Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs these tests has set for its own children.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        return FoveaProcess.Finish(Process.Start(start)!);
    }
}
