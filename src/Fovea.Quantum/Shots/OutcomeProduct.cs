using System.Runtime.InteropServices;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Unitary;
using Fovea.Quantum.PauliTransfers;

namespace Fovea.Quantum.Shots;

/// <summary>p(b|x) = Σ_F M[b, F]·φ_F(x) for many x at once.</summary>
internal interface IOutcomeProduct
{
    /// <summary>Writes M[outcome, function], functions numbered as <see cref="FirstInputs.Evaluate"/> does for all wires.</summary>
    void Set(int outcome, int function, double value);

    /// <summary>The probabilities, [batch, outcomes]; a sample's do not depend on those beside it.</summary>
    /// <param name="inputs">[batch, inputs].</param>
    /// <param name="probabilities">[batch, outcomes], overwritten.</param>
    void Evaluate(ReadOnlySpan<double> inputs, Span<float> probabilities);
}

/// <summary>Products for a width of registers.</summary>
internal static class OutcomeProduct
{
    /// <summary>A product whose M is zero.</summary>
    /// <param name="inputs">The inputs, whose functions are the columns of M.</param>
    /// <param name="outcomes">Rows of M.</param>
    /// <param name="laneBytes">Width of the registers, 16, 32 or 64 bytes, whatever the machine has; its own is <see cref="LaneWidth.Bytes"/>.</param>
    public static IOutcomeProduct Create(FirstInputs inputs, int outcomes, int laneBytes) => laneBytes switch
    {
        64 => new OutcomeProduct<Lanes512<float>>(inputs, outcomes),
        32 => new OutcomeProduct<Lanes256<float>>(inputs, outcomes),
        _ => new OutcomeProduct<Lanes128<float>>(inputs, outcomes),
    };
}

/// <summary>
/// The functions are products φ_h·φ_l of those of the first wires and those of the last, so p = Σ_h φ_h·(M_h·φ_l): all factors M_h are
/// multiplied with the same few vectors, which stay in the nearest cache. Samples lie in SIMD lanes.
/// </summary>
internal sealed unsafe class OutcomeProduct<TLanes> : IOutcomeProduct
    where TLanes : unmanaged, ILanes<TLanes, float>
{
    // Four registers of samples for each of 81 functions are 20 KiB.
    private const int MostLowFunctions = 81;
    private const int GroupBlocks = 4;
    private const int Groups = 4;
    private static readonly int LaneCount = sizeof(TLanes) / sizeof(float);
    private readonly FirstInputs _inputs;
    private readonly int _outcomes;
    private readonly int _split;
    private readonly int _low;
    private readonly TiledMatrix<float>[] _factors;

    public OutcomeProduct(FirstInputs inputs, int outcomes)
    {
        (_inputs, _outcomes) = (inputs, outcomes);
        while (inputs.FunctionCountOf(Enumerable.Range(_split, inputs.WireCount - _split)) > MostLowFunctions)
            _split++;
        _low = inputs.FunctionCountOf(Enumerable.Range(_split, inputs.WireCount - _split));
        _factors = new TiledMatrix<float>[inputs.FunctionCount / _low];
        for (var high = 0; high < _factors.Length; high++)
            _factors[high] = new((outcomes + UnitaryPlan.Tile - 1) / UnitaryPlan.Tile * UnitaryPlan.Tile, _low);
    }

    private int Rows => _factors[0].Rows;

    private static int ChunkSize => Groups * GroupBlocks * LaneCount;

    /// <inheritdoc/>
    public void Set(int outcome, int function, double value) => _factors[function / _low].Set(outcome, function % _low, value);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> inputs, Span<float> probabilities)
    {
        var batch = probabilities.Length / _outcomes;
        var width = inputs.Length / batch;
        var blocks = Groups * GroupBlocks;
        var sizes = (High: _factors.Length * blocks, Low: _low * blocks, Part: Rows * GroupBlocks, Sum: Rows * blocks);
        var memory = (TLanes*)NativeMemory.AlignedAlloc((nuint)(sizeof(TLanes) * (sizes.High + sizes.Low + sizes.Part + sizes.Sum)), 64);
        try
        {
            var high = memory;
            var low = high + sizes.High;
            var part = low + sizes.Low;
            var sum = part + sizes.Part;
            for (var first = 0; first < batch; first += ChunkSize)
            {
                var count = Math.Min(ChunkSize, batch - first);
                new Span<TLanes>(memory, sizes.High + sizes.Low).Clear();
                new Span<TLanes>(sum, sizes.Sum).Clear();
                Load(inputs.Slice(first * width, count * width), count, .._split, high, _factors.Length);
                Load(inputs.Slice(first * width, count * width), count, _split.., low, _low);
                AddProducts(high, low, part, sum, (count + LaneCount - 1) / LaneCount);
                Store(sum, probabilities.Slice(first * _outcomes, count * _outcomes));
            }
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    /// <summary>lanes[block][function] of some wires' functions.</summary>
    private void Load(ReadOnlySpan<double> inputs, int count, Range wires, TLanes* lanes, int functions)
    {
        var (width, values) = (inputs.Length / count, new float[functions]);
        for (var sample = 0; sample < count; sample++)
        {
            _inputs.Evaluate(inputs.Slice(sample * width, width), wires, values);
            var (block, lane) = Math.DivRem(sample, LaneCount);
            for (var function = 0; function < functions; function++)
                ((float*)(lanes + (block * functions) + function))[lane] = values[function];
        }
    }

    private void AddProducts(TLanes* high, TLanes* low, TLanes* part, TLanes* sum, int blocks)
    {
        for (var h = 0; h < _factors.Length; h++)
        {
            for (var first = 0; first < blocks; first += GroupBlocks)
            {
                var count = Math.Min(GroupBlocks, blocks - first);
                MatrixKernel<TLanes, float>.Multiply(_factors[h], low + (first * _low), _low, part, Rows, count);
                for (var block = 0; block < count; block++)
                    AddScaled(part + (block * Rows), high[((first + block) * _factors.Length) + h], sum + ((first + block) * Rows));
            }
        }
    }

    private void AddScaled(TLanes* source, TLanes factor, TLanes* target)
    {
        for (var row = 0; row < Rows; row++)
            target[row] = TLanes.MultiplyAdd(factor, source[row], target[row]);
    }

    private void Store(TLanes* sum, Span<float> probabilities)
    {
        fixed (float* rows = probabilities)
        {
            var count = probabilities.Length / _outcomes;
            for (var first = 0; first < count; first += LaneCount)
            {
                var columns = (float*)(sum + (first / LaneCount * Rows));
                LaneTransposition<float>.Store(columns, LaneCount, _outcomes, rows + ((nint)first * _outcomes), Math.Min(LaneCount, count - first));
            }
        }
    }
}
