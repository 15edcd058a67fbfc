using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>A gate or a channel on Pauli coefficients, or a gate whose angle is not known yet.</summary>
/// <param name="Wires">One to three.</param>
/// <param name="Transfer">[P, Q] as in <see cref="PauliTransfer"/>; null for a gate by a weight or an input.</param>
/// <param name="Gate">The gate by a weight or an input; null otherwise.</param>
internal sealed record TransferStep(int[] Wires, double[,]? Transfer, Operation? Gate)
{
    /// <summary>Whether this is a gate by an input.</summary>
    public bool IsInput => Gate?.Angle is { Source: AngleSource.Input or AngleSource.InputProduct };

    /// <summary>Whether this is a gate by a weight.</summary>
    public bool IsWeight => Gate?.Angle is { Source: AngleSource.Weight };

    /// <summary>All gates and channels in time order.</summary>
    public static List<TransferStep> Of(NoisyCircuit noisy) =>
    [
        .. noisy.Steps.Select(step => step.Channel is { } channel
            ? new([.. channel.Wires], Entries(channel.Channel.Transfer), null)
            : Of(noisy.Circuit.Operations[step.Position])),
    ];

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

    /// <summary>With the weights known.</summary>
    public TransferStep Bind(ReadOnlySpan<double> weights) =>
        IsWeight ? this with { Transfer = Of(Gate!, Gate!.Angle!.Value.Evaluate([], weights)), Gate = null } : this;

    private static TransferStep Of(Operation operation)
    {
        var isConstant = operation.Angle is null or { Source: AngleSource.Constant };
        return new([.. operation.Wires], isConstant ? Of(operation, operation.Angle?.Scale ?? 0) : null, isConstant ? null : operation);
    }

    private static double[,] Of(Operation operation, double angle) =>
        Entries(PauliTransfer.Of([GateMatrix.Of(operation.Kind, angle)], operation.Wires.Length));

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
