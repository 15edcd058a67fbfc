using System.Collections.Immutable;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliTransfers;

namespace Fovea.Quantum.Shots;

/// <summary>
/// Projectors on outcomes pulled back as vectors of Pauli coefficients, a block of outcomes in the SIMD lanes: [Pauli string][outcome].
/// Strings are numbered in base 4, wire 0 most significant.
/// </summary>
internal static class ProjectorPullBack
{
    private const int Block = 16;

    /// <summary>Fills M, [function][outcome].</summary>
    public static void Fill(
        float[] matrix, NoisyCircuit noisy, ImmutableArray<int> measured, List<TransferStep> steps, FirstInputs inputs, int threads)
    {
        var (wires, outcomes) = (noisy.Circuit.WireCount, 1 << measured.Length);
        var blocks = (outcomes + Block - 1) / Block;
        // Megabytes each, for every step: a pair a worker, not new ones.
        var buffers = new (double[] Values, double[] Next)[PieceQueue.Workers(blocks, threads)];
        for (var worker = 0; worker < buffers.Length; worker++)
            buffers[worker] = (new double[Block << (2 * wires)], new double[Block << (2 * wires)]);
        new PieceQueue((worker, block) =>
        {
            var (values, next) = buffers[worker];
            Start(noisy, measured, block * Block, values);
            for (var k = steps.Count - 1; k >= 0; k--)
            {
                Apply(values, next, steps[k], wires);
                (values, next) = (next, values);
            }

            values = ToFunctions(values, inputs, wires);
            for (var function = 0; function < inputs.FunctionCount; function++)
            {
                for (var lane = 0; lane < Block && (block * Block) + lane < outcomes; lane++)
                    matrix[(function * outcomes) + (block * Block) + lane] = (float)values[(function * Block) + lane];
            }
        }).Run(blocks, threads);
    }

    /// <summary>∏ over measured wires of ½(I ± (contrast·Z + offset·I)).</summary>
    private static void Start(NoisyCircuit noisy, ImmutableArray<int> measured, int first, double[] values)
    {
        for (var lane = 0; lane < Block; lane++)
        {
            double[] vector = [1];
            for (var wire = 0; wire < noisy.Circuit.WireCount; wire++)
            {
                var k = measured.IndexOf(wire);
                var sign = ((first + lane) >> Math.Max(k, 0) & 1) == 0 ? 0.5 : -0.5;
                var (identity, z) = k < 0 ? (1.0, 0.0) : (0.5 + (sign * noisy.Readout[wire].Offset), sign * noisy.Readout[wire].Contrast);
                vector = [.. vector.SelectMany(value => new[] { value * identity, 0, 0, value * z })];
            }

            for (var pauli = 0; pauli < vector.Length; pauli++)
                values[(pauli * Block) + lane] = vector[pauli];
        }
    }

    /// <summary>v'[Q] = Σ_P v[P]·R[P, Q] on the step's wires.</summary>
    private static void Apply(double[] values, double[] result, TransferStep step, int wires)
    {
        var transfer = step.Transfer!;
        int[] strides = [.. step.Wires.Select(wire => Block << (2 * (wires - 1 - wire)))];
        var size = transfer.GetLength(0);
        int Offset(int pauli) => strides.Select((stride, k) => stride * ((pauli >> (2 * (strides.Length - 1 - k))) & 3)).Sum();
        var entries = (from p in Enumerable.Range(0, size)
                       from q in Enumerable.Range(0, size)
                       where transfer[p, q] != 0
                       select (From: Offset(p), To: Offset(q), Element: (p * size) + q)).ToArray();
        VectorKernel.Apply(values, result, strides, entries, [.. transfer.Cast<double>()]);
    }

    /// <summary>Wire by wire from components to functions; the first wire stays the slowest index.</summary>
    private static double[] ToFunctions(double[] values, FirstInputs inputs, int wires)
    {
        var slower = 1;
        for (var wire = 0; wire < wires; wire++)
        {
            var map = inputs.Map(wire);
            var (functions, faster) = (map.GetLength(0), Block << (2 * (wires - 1 - wire)));
            var result = new double[slower * functions * faster];
            for (var s = 0; s < slower; s++)
            {
                for (var f = 0; f < functions; f++)
                {
                    for (var component = 0; component < 4; component++)
                    {
                        AddScaled(
                            values.AsSpan(((s * 4) + component) * faster, faster), map[f, component], result.AsSpan(((s * functions) + f) * faster, faster));
                    }
                }
            }

            (values, slower) = (result, slower * functions);
        }

        return values;
    }

    private static void AddScaled(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        if (factor == 0)
            return;
        for (var k = 0; k < source.Length; k++)
            target[k] += factor * source[k];
    }
}
