using System.Net;
using Fovea.Core.Errors;
using Fovea.Studio.Work;
using Fovea.Tests.Torch;
using Fovea.Tests.Training;
using Fovea.Torch.Runtime;
using Fovea.Torch.Tensors;
using Fovea.Training.Configuration;
using Fovea.Training.Reports;
using Fovea.Training.Runs;
using Fovea.Training.Sampling;

namespace Fovea.Tests.Studio;

/// <summary>Circuits of runs: what is read of them, and the page that shows it.</summary>
[Collection(nameof(MemoryMeasurements))]
public sealed class CircuitsTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    [Fact]
    public void Read_ATrainedRun_HasTheAnglesOfItsSeedAndOfItsWeights()
    {
        var run = tiny.Finished();
        using var folder = RunFolder.Open(run);
        var config = RunConfigReader.FromFile(folder.Config);
        var circuits = RunCircuits.Read(folder, config);
        using var model = TrainedModel.Load(folder, config, ComputeContext.Start(1, "cpu"));
        using var fresh = DenoiserFile.Create(config, model.DenoiserMetadata);
        var middle = Assert.Single(circuits, circuit => circuit.Name == "denoiser.middle.block.conv2");
        var starts = circuits.Where(OfDenoiser).Select(circuit => (float)circuit.Start![0][0]);
        Assert.Equal(Fovea.Models.ParameterReport.QuantumLayersOf(fresh).Select(First), starts);
        Assert.Equal(model.QuantumLayers.Select(First), circuits.Select(circuit => (float)circuit.Now![0][0]));
        Assert.InRange(middle.Displacement!.Value, 1e-6, 0.1);
        Assert.NotNull(middle.LoggedDisplacement);
        Assert.True(middle is { IsTrained: true, IsShared: true });

        static bool OfDenoiser(RunCircuit circuit) => circuit.Name.StartsWith("denoiser.", StringComparison.Ordinal);
        static float First(Fovea.Models.Circuits.QuantumConvolution layer) => TensorSpans.ToArray<float>(layer.Weights)[0];
    }

    [Fact]
    public void Read_WeightsOfAnotherRun_BeginWithThese()
    {
        var other = tiny.Finished();
        var run = tiny.Train(TinyRun.Config("seed=4", "autoencoder.training.steps=1", "denoiser.training.steps=1"), init: other);
        using var folder = RunFolder.Open(run);
        using var theirs = RunFolder.Open(other);
        var (here, there) = (Read(folder), Read(theirs));
        Assert.Equal(there.Select(circuit => circuit.Now![0]), here.Select(circuit => circuit.Start![0]));
        // As of a packed run, which says that it began with others' and has them no longer.
        Directory.Delete(folder.InitialWeights, recursive: true);
        Assert.All(Read(folder), circuit => Assert.Null(circuit.Start));
    }

    [Fact]
    public void Read_AnAutoencoderOfAnotherRun_BeganItDoesNotSayWhere()
    {
        var run = tiny.Train(TinyRun.Config("denoiser.training.steps=1"), autoencoder: tiny.Finished());
        using var folder = RunFolder.Open(run);
        Assert.All(Read(folder), circuit => Assert.Equal(circuit.Name.StartsWith("denoiser.", StringComparison.Ordinal), circuit.Start is not null));
    }

    [Fact]
    public async Task Circuits_ARun_ShowsEachLayerWithItsAngles()
    {
        await using var visit = await StudioVisit.Begin();
        Copy(tiny.Finished(), Path.Combine(visit.Folder, "run"));
        Assert.Contains("href=\"/circuits?path=run\"", (await visit.Get("/run?path=run")).Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/circuits?path=run\"", (await visit.Get("/circuits")).Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/circuits\"", (await visit.Get("/")).Text, StringComparison.Ordinal);
        var (status, text) = await visit.Get("/circuits?path=run&layer=denoiser.middle.block.conv2");
        Assert.Equal(HttpStatusCode.OK, status);
        foreach (var words in new[]
        {
            "autoencoder.encoder.middle.conv2", "<h2>denoiser.middle.block.conv2</h2>", "quantum circuit of 4 wires", "class=\"angles\"",
            "parameters of 24 do nothing", "commutes with everything", "heavy-hex", "--layer denoiser.middle.block.conv2", "can see 2 to 4 of 4 wires",
        })
        {
            Assert.Contains(words, text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Get("/circuits?path=run&layer=none")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Get("/circuits?path=run&group=1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Get("/circuits?path=run&group=x")).Status);
        File.WriteAllText(Path.Combine(visit.Folder, "run", "denoiser.safetensors"), "damaged");
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.Get("/circuits?path=run")).Status);
        Directory.Delete(Path.Combine(visit.Folder, "run"), recursive: true);
        var (gone, why) = await visit.Get("/circuits?path=run");
        Assert.Equal(HttpStatusCode.NotFound, gone);
        Assert.Contains("run: there is no such run in the folder", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuits_ARunThatBegins_ShowsWhereItsAnglesBegin()
    {
        await using var visit = await StudioVisit.Begin();
        visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        var (status, text) = await visit.Get("/circuits?path=run");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("no averaged weights of this network yet", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"angles\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Circuits_GroupsWithWeightsOfTheirOwn_AreLookedAtOneByOne()
    {
        await using var visit = await StudioVisit.Begin();
        const string Page = "/circuits?path=pretrained:fundus-64-mixer&layer=denoiser.middle.block.conv2";
        var (first, fourth) = ((await visit.Get(Page)).Text, (await visit.Get(Page + "&group=3")).Text);
        Assert.Contains("--group 3", fourth, StringComparison.Ordinal);
        Assert.Contains("16, each its own weights", fourth, StringComparison.Ordinal);
        Assert.NotEqual(Angles(first), Angles(fourth));

        static string Angles(string page) =>
            page[page.IndexOf("class=\"angles\"", StringComparison.Ordinal)..page.IndexOf("id=\"noise\"", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task Circuits_AClassicalRun_HasNone()
    {
        await using var visit = await StudioVisit.Begin();
        var run = visit.WriteRun("run", StudioVisit.Line(10, 0.5));
        File.WriteAllText(Path.Combine(run, "config.toml"), ShippedConfigs.Read("demo", ["quantum.enabled=false"]).ToToml());
        Assert.DoesNotContain("/circuits?path", (await visit.Get("/run?path=run")).Text, StringComparison.Ordinal);
        Assert.Contains("No layer of this run has a circuit", (await visit.Get("/circuits?path=run")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alone_WhatTakesTooLong_IsGivenUpAndTheNextIsDone()
    {
        using var bench = new CircuitBench(TimeSpan.FromMilliseconds(200));
        var late = await Assert.ThrowsAsync<InputException>(() => bench.Alone<int>(Endless, "wait", TestContext.Current.CancellationToken));
        Assert.Contains("not done within 0.2 s and was given up; wait", late.Message, StringComparison.Ordinal);
        Assert.Equal(7, await bench.Alone(_ => 7, "", TestContext.Current.CancellationToken));
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Alone<int>(Endless, "wait", gone.Token));

        static int Endless(CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        }
    }

    [Fact]
    public async Task Alone_Two_AreDoneOneAfterTheOther()
    {
        using var bench = new CircuitBench();
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Alone(
            _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                Thread.Sleep(10);
                return Interlocked.Decrement(ref now);
            },
            "", TestContext.Current.CancellationToken)));
        Assert.Equal(1, most);
    }

    private static IReadOnlyList<RunCircuit> Read(RunFolder folder) => RunCircuits.Read(folder, RunConfigReader.FromFile(folder.Config));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
