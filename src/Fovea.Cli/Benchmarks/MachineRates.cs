using System.Diagnostics;
using Fovea.Torch.Runtime;
using static TorchSharp.torch;

namespace Fovea.Cli.Benchmarks;

/// <summary>What one thread of this machine can do at best, to hold engines against.</summary>
/// <param name="Sgemm">Single-precision matrix product of 1024 × 1024 matrices, operations a second.</param>
/// <param name="Copy">Copy of 64 MiB in memory, bytes a second.</param>
internal sealed record MachineRates(double Sgemm, double Copy)
{
    private const int Side = 1024;
    private const int Bytes = 64 << 20;
    private const int Repetitions = 8;

    internal static MachineRates Measure()
    {
        TorchRuntime.Initialize(1);
        using var scope = NewDisposeScope();
        var (left, right) = (rand(Side, Side), rand(Side, Side));
        var (source, target) = (new byte[Bytes], new byte[Bytes]);
        source.AsSpan().Fill(1);
        return new(
            2.0 * Side * Side * Side / Shortest(() => left.mm(right).Dispose()),
            Bytes / Shortest(() => source.CopyTo(target, 0)));
    }

    private static double Shortest(Action work)
    {
        work();
        return Enumerable.Range(0, Repetitions).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
