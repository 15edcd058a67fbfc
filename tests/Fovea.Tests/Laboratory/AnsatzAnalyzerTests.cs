using Fovea.Core.Errors;
using Fovea.Devices.Profiles;
using Fovea.Laboratory;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory;

public sealed class AnsatzAnalyzerTests
{
    private static readonly AnalysisOptions Quick = new() { NoiseDraws = 16, ExpressibilityPairs = 80, RelativeError = 0.5 };

    [Fact]
    public void Analyze_OneSize_FillsEveryPart()
    {
        var options = Quick with { Profiles = [ShippedProfiles.Load("trapped-ion")], SpeedSeconds = 0.02 };
        var analysis = AnsatzAnalyzer.Analyze(new(AnsatzRegistry.Get("sel"), 4, 2), options, TestContext.Current.CancellationToken);
        Assert.Equal(24, analysis.Cost.Parameters);
        Assert.Equal(20, analysis.Cost.LiveParameters);
        Assert.Equal(8, analysis.Cost.TwoQubitGates);
        // n RY, then 3 rotations and a ring a layer. The rings of ranges 1 and 2 are 4 and 2 deep; the first rotations of the second layer fill in.
        Assert.InRange(analysis.Cost.Depth, 1 + 3 + 4, 1 + 3 + 4 + 3 + 4);
        Assert.True(analysis.Cost.GradientPerSecond > 0 && analysis.Cost.ForwardPerSecond > 0);
        Assert.NotNull(analysis.Expressibility);
        Assert.NotNull(analysis.Spectrum);
        Assert.Equal(["depolarizing", "trapped-ion"], analysis.Resilience.Select(r => r.Noise));
        Assert.Equal(8, analysis.Resilience[1].Compiled!.Entanglers);
    }

    [Fact]
    public void Analyze_SameSeed_GivesTheSameFigures()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("ese2-recon"), 4, 2);
        var first = AnsatzAnalyzer.Analyze(subject, Quick, TestContext.Current.CancellationToken);
        var second = AnsatzAnalyzer.Analyze(subject, Quick, TestContext.Current.CancellationToken);
        var other = AnsatzAnalyzer.Analyze(subject, Quick with { Seed = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(first.Gradients.AllPairs, second.Gradients.AllPairs);
        Assert.Equal(first.Resilience[0].RelativeError, second.Resilience[0].RelativeError);
        Assert.Equal(first.Entanglement, second.Entanglement);
        Assert.NotEqual(first.Gradients.AllPairs, other.Gradients.AllPairs);
    }

    [Theory]
    [InlineData("sel", 1, 1, "Qubits 1 is not allowed; allowed: 2 to 14")]
    [InlineData("sel", 15, 1, "Qubits 15 is not allowed; allowed: 2 to 14")]
    [InlineData("sel", 4, 0, "Layers 0 is not allowed; allowed: 1 to 50")]
    [InlineData("hqconv", 6, 1, "Qubits 6 is not allowed: hqconv takes a multiple of 4")]
    public void Analyze_SizesItDoesNotTake_AreRefusedInOneLine(string name, int qubits, int layers, string message)
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get(name), qubits, layers);
        Assert.Equal(message, Assert.Throws<InputException>(() => AnsatzAnalyzer.Analyze(subject, Quick, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Analyze_AmplitudeEncoding_IsRefused()
    {
        var subject = new AnsatzSubject(AnsatzRegistry.Get("sel"), 3, 1, InputEncoding.Amplitude);
        Assert.Contains(
            "amplitude", Assert.Throws<InputException>(() => AnsatzAnalyzer.Analyze(subject, Quick, TestContext.Current.CancellationToken))
                .Message, StringComparison.Ordinal);
    }
}
