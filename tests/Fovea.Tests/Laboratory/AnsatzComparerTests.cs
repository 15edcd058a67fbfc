using Fovea.Core;
using Fovea.Core.Errors;
using Fovea.Laboratory;
using Fovea.Quantum.Ansaetze;

namespace Fovea.Tests.Laboratory;

public sealed class AnsatzComparerTests
{
    private static readonly ComparisonRequest Small = new()
    {
        Ansaetze = [AnsatzRegistry.Get("fqconv"), AnsatzRegistry.Get("sel")],
        Qubits = [2, 3, 4],
        Layers = [1, 2],
        Analysis = new() { NoiseDraws = 16, ExpressibilityPairs = 80, RelativeError = 0.5 },
    };

    [Fact]
    public void Compare_SizesThatDoNotFit_AreLeftOut()
    {
        var cells = AnsatzComparer.Compare(Small, TestContext.Current.CancellationToken).Cells;
        Assert.Equal(
            ["fqconv, n = 3, L = 1", "fqconv, n = 3, L = 2", "strongly-entangling, n = 2, L = 1", "strongly-entangling, n = 2, L = 2"],
            cells.Take(4).Select(cell => cell.Subject.ToString()));
        Assert.Equal(8, cells.Count);
    }

    [Fact]
    public void Compare_Threads_DoNotChangeFigures()
    {
        var one = AnsatzComparer.Compare(Small, TestContext.Current.CancellationToken);
        var two = AnsatzComparer.Compare(Small with { Threads = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(one.Cells.Select(cell => cell.Gradients.AllPairs), two.Cells.Select(cell => cell.Gradients.AllPairs));
        Assert.Equal(one.Cells.Select(cell => cell.Resilience[0].RelativeError), two.Cells.Select(cell => cell.Resilience[0].RelativeError));
        Assert.Equal(one.Decays.Select(decay => decay.Rate), two.Decays.Select(decay => decay.Rate));
    }

    [Fact]
    public void Compare_Progress_RisesToTheEnd()
    {
        var updates = new Updates();
        AnsatzComparer.Compare(Small with { Progress = updates }, TestContext.Current.CancellationToken);
        Assert.Equal(8, updates.Seen.Count);
        Assert.Equal(updates.Seen.Select(update => update.Done).Order(), updates.Seen.Select(update => update.Done));
        Assert.Equal(updates.Seen[^1].Total, updates.Seen[^1].Done);
    }

    [Fact]
    public void Compare_NoSizeThatFits_IsRefusedInOneLine()
    {
        var refusal = Assert.Throws<InputException>(() => AnsatzComparer.Compare(Small with { Qubits = [4, 5] }, TestContext.Current.CancellationToken));
        Assert.Equal("fqconv takes a multiple of 3: none of Qubits 4,5 is", refusal.Message);
    }

    [Fact]
    public void Compare_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => AnsatzComparer.Compare(Small, source.Token));
    }

    private sealed class Updates : IProgress<ProgressUpdate>
    {
        public List<ProgressUpdate> Seen { get; } = [];

        public void Report(ProgressUpdate value) => Seen.Add(value);
    }
}
