using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliPropagation;
using Fovea.Quantum.PauliTransfers;

namespace Fovea.Quantum.Engines.Trigonometric;

/// <summary>
/// A circuit as f_i(x) = Σ_P c_{i,P} ∏_q r_q(x)_{P_q}: Pauli coefficients c from the weights, Bloch vectors r of the entry's
/// product state from the inputs. The terms of an output are laid out as a sparse matrix between features of its lower and
/// of its upper wires.
/// </summary>
internal sealed class TrigonometricPlan
{
    /// <summary>Most coefficients of a plan: beyond it the pull-back costs more than state vectors do.</summary>
    public const int MaxCoefficients = 1 << 17;

    private readonly List<TermRow> _rows = [];
    private readonly List<int> _features = [];
    private readonly List<int> _slots = [];
    private readonly FeatureTable _table;

    private TrigonometricPlan(Circuit circuit, EntrySplit entry, CoefficientProgram program)
    {
        (Circuit, Entry, Program) = (circuit, entry, program);
        _table = new FeatureTable(circuit.WireCount);
        var visible = Enumerable.Range(0, program.Strings.Count).Where(slot => entry.IsVisible(program.Strings[slot]));
        foreach (var group in visible.GroupBy(slot => program.Outputs[slot]).OrderBy(group => group.Key))
            AddTerms(group.Key, [.. group]);
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>What makes the product state.</summary>
    public EntrySplit Entry { get; }

    /// <summary>What makes the coefficients.</summary>
    public CoefficientProgram Program { get; }

    /// <summary>The terms by output and left feature.</summary>
    public IReadOnlyList<TermRow> Rows => _rows;

    /// <summary>[term]: the right feature.</summary>
    public IReadOnlyList<int> TermFeatures => _features;

    /// <summary>[term]: the slot of its coefficient in <see cref="Program"/>.</summary>
    public IReadOnlyList<int> TermSlots => _slots;

    /// <summary>Products of features, in the order of their computation.</summary>
    public IReadOnlyList<FeatureProduct> Products => _table.Products;

    /// <summary>Number of features.</summary>
    public int FeatureCount => _table.Count;

    /// <summary>Multiplications and additions of one circuit, forward: terms, rows and products.</summary>
    public long Work => _features.Count + _rows.Count + Products.Count;

    /// <summary>Plans a circuit in the cheaper of the two splits, or says why it cannot be done.</summary>
    public static TrigonometricPlan? TryCreate(Circuit circuit, out string reason)
    {
        reason = "";
        if (circuit.Preparation != StatePreparation.Zero)
        {
            reason = "the circuit starts from amplitudes, not from a product state";
            return null;
        }

        var rotations = RotationCircuit.Of(circuit);
        var longest = EntrySplit.Longest(rotations);
        if (!longest.HasInputsInEntryOnly)
        {
            reason = "an input enters behind an entangling gate";
            return null;
        }

        var plans = new[] { longest, EntrySplit.UpToInputs(rotations) }
            .Select(entry => (Entry: entry, Program: PropagationProgram.TryCreate(entry.Rest, rotations.Observables, MaxCoefficients)))
            .Where(candidate => candidate.Program is not null)
            .Select(candidate => new TrigonometricPlan(circuit, candidate.Entry, candidate.Program!));
        var best = plans.MinBy(plan => plan.Work);
        if (best is null)
            reason = $"it would take more than {MaxCoefficients} Pauli coefficients";
        return best;
    }

    /// <summary>Plans a noisy circuit, or says why it cannot be done. Without noise it is the plan of the circuit.</summary>
    public static TrigonometricPlan? TryCreate(NoisyCircuit noisy, out string reason)
    {
        var circuit = noisy.Circuit;
        if (noisy.IsIdeal || circuit.Preparation != StatePreparation.Zero)
            return TryCreate(circuit, out reason);
        return TransferProgram.TryCreate(noisy, out reason) is { } program
            ? new TrigonometricPlan(circuit, EntrySplit.Of(program.Inputs.Chains), program)
            : null;
    }

    private void AddTerms(int output, int[] slots)
    {
        var lower = LowerWires(slots);
        var parts = slots.Select(slot => (Slot: slot, Low: Part(slot, lower), High: Part(slot, ~lower))).ToArray();
        // Fewer and longer rows: what a row costs beside its terms is shared by more of them.
        var byLow = parts.DistinctBy(part => part.Low).Count() <= parts.DistinctBy(part => part.High).Count();
        foreach (var row in parts.GroupBy(part => byLow ? part.Low : part.High))
        {
            var start = _features.Count;
            // In order, so that rows of the same features have them at the same places.
            foreach (var (feature, slot) in row.Select(part => (_table.Of(byLow ? part.High : part.Low), part.Slot)).Order())
            {
                _features.Add(feature);
                _slots.Add(slot);
            }

            _rows.Add(new TermRow(output, _table.Of(row.Key), start, _features.Count));
        }
    }

    /// <summary>The cut of an output's wires in two that leaves the fewest different features.</summary>
    private ulong LowerWires(int[] slots)
    {
        var (best, fewest, lower) = (0UL, int.MaxValue, 0UL);
        for (var support = slots.Aggregate(0UL, (mask, slot) => mask | Program.Strings[slot].Support); ; support &= support - 1)
        {
            var features = slots.DistinctBy(slot => Part(slot, lower)).Count() + slots.DistinctBy(slot => Part(slot, ~lower)).Count();
            if (features < fewest)
                (best, fewest) = (lower, features);
            if (support == 0)
                return best;
            lower |= support & (~support + 1);
        }
    }

    private PauliString Part(int slot, ulong wires)
    {
        var pauli = Program.Strings[slot];
        return new PauliString(pauli.X & wires, pauli.Z & wires);
    }
}
