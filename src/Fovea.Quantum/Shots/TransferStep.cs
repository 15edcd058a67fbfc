using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.Shots;

/// <summary>A gate or a channel on Pauli coefficients, or a gate whose angle is an input and not known yet.</summary>
/// <param name="Wires">One or two.</param>
/// <param name="Transfer">[P, Q] as in <see cref="PauliTransfer"/>; null for a gate by an input.</param>
/// <param name="Input">The gate by an input; null otherwise.</param>
internal sealed record TransferStep(int[] Wires, double[,]? Transfer, Operation? Input)
{
    /// <summary>All gates and channels in time order, for these weights.</summary>
    public static List<TransferStep> Of(NoisyCircuit noisy, ReadOnlySpan<double> weights)
    {
        var (steps, next) = (new List<TransferStep>(), 0);
        for (var position = 0; position <= noisy.Circuit.Operations.Length; position++)
        {
            for (; next < noisy.Channels.Length && noisy.Channels[next].Position == position; next++)
                steps.Add(new([.. noisy.Channels[next].Wires], Entries(noisy.Channels[next].Channel.Transfer), null));
            if (position < noisy.Circuit.Operations.Length)
                steps.Add(Of(noisy.Circuit.Operations[position], weights));
        }

        return steps;
    }

    /// <summary>Neighbouring steps of one wire as one.</summary>
    public static List<TransferStep> Fuse(IEnumerable<TransferStep> steps, int wires)
    {
        var fused = new List<TransferStep>();
        var pending = new double[wires][,];
        void Flush(int wire)
        {
            if (pending[wire] is { } matrix)
                fused.Add(new([wire], matrix, null));
            pending[wire] = null!;
        }

        foreach (var step in steps)
        {
            if (step.Wires is [var only])
            {
                pending[only] = pending[only] is { } before ? Product(step.Transfer!, before) : step.Transfer!;
                continue;
            }

            Array.ForEach(step.Wires, Flush);
            fused.Add(step);
        }

        for (var wire = 0; wire < wires; wire++)
            Flush(wire);
        return fused;
    }

    private static TransferStep Of(Operation operation, ReadOnlySpan<double> weights)
    {
        if (operation.Wires.Length > 2)
            throw new NotSupportedException($"the joint distribution of outcomes takes gates on one or two wires, not {operation}");
        if (operation.Angle is { Source: AngleSource.Input or AngleSource.InputProduct })
            return new([.. operation.Wires], null, operation);
        var matrix = GateMatrix.Of(operation.Kind, operation.Angle?.Evaluate([], weights) ?? 0);
        return new([.. operation.Wires], Entries(PauliTransfer.Of([matrix], operation.Wires.Length)), null);
    }

    /// <summary>In the Schrödinger picture: first <paramref name="before"/>, then <paramref name="after"/>.</summary>
    private static double[,] Product(double[,] after, double[,] before)
    {
        var size = after.GetLength(0);
        var product = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var k = 0; k < size; k++)
                    product[row, column] += after[row, k] * before[k, column];
            }
        }

        return product;
    }

    private static double[,] Entries(PauliTransfer transfer)
    {
        var entries = new double[transfer.Size, transfer.Size];
        for (var row = 0; row < transfer.Size; row++)
        {
            for (var column = 0; column < transfer.Size; column++)
                entries[row, column] = transfer[row, column];
        }

        return entries;
    }
}
