using System.Diagnostics;
using Fovea.Tests.Cli;
using Fovea.Tests.Torch;

namespace Fovea.Tests.Samples;

/// <summary>A console project of somebody else's, outside the repository, that references one of its projects and knows nothing more about it.</summary>
public sealed class OutsideProgramTests : IDisposable
{
    private const string Program = """
        using Fovea.Models.Circuits;
        using Fovea.Quantum.Ansaetze;
        using Fovea.Torch.Modules;
        using TorchSharp;
        using static TorchSharp.torch;

        // A tensor before anything of Fovea's: the library must load all the same.
        var input = linspace(-1, 1, 72).reshape(2, 4, 3, 3);
        var target = input.flip(1);
        var layer = new QuantumConvolution(4, new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 3, Layers = 1 } });
        SeededInitialization.Apply(layer, 1);
        var optimizer = optim.Adam(layer.parameters(), 0.05);
        for (var step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(layer.call(input), target);
            loss.backward();
            optimizer.step();
            Console.WriteLine(loss.item<float>());
        }

        // Without oneDNN a convolution asks for NNPACK next, which must not speak on standard error.
        var wide = new PaddedConvolution(16, 16).to(float64);
        wide.call(zeros(16, 16, 8, 8, float64));
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void HybridLayer_InAProjectElsewhere_TrainsThreeSteps()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        File.WriteAllText(_folder.File("Outside.csproj"), Project(Path.Combine(Root().FullName, "src", "Fovea.Models", "Fovea.Models.csproj")));
        File.WriteAllText(_folder.File("Program.cs"), Program);
        // Ours are built and restored already. Links in place of half a gigabyte of copies.
        Run("build", "-c", configuration, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:BuildProjectReferences=false", "-p:RestoreRecursive=false",
            "-p:NuGetAudit=false", "-p:CreateHardLinksForCopyLocalIfPossible=true", "-p:CreateSymbolicLinksForCopyLocalIfPossible=true").AssertSuccess();
        var result = Run(Path.Combine("bin", configuration, "net10.0", "Outside.dll"));
        result.AssertSuccess();
        Assert.Equal("", result.Error);
        var losses = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(float.Parse).ToArray();
        Assert.Equal(3, losses.Length);
        Assert.True(losses[0] > losses[1] && losses[1] > losses[2], result.Output);
    }

    private static string Project(string reference) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="{reference}" />
          </ItemGroup>
        </Project>
        """;

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
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the build that runs these tests has set for its own children.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        return FoveaProcess.Finish(Process.Start(start)!);
    }
}
