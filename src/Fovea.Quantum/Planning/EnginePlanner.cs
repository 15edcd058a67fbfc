using System.Globalization;
using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;
using Fovea.Quantum.Engines.StateVector;
using Fovea.Quantum.Engines.Trigonometric;
using Fovea.Quantum.Engines.Unitary;
using Fovea.Quantum.LightCones;

namespace Fovea.Quantum.Planning;

/// <summary>
/// Picks the cheapest way to evaluate a circuit: each engine on the whole circuit, and on the parts that its light cones leave.
/// </summary>
public sealed class EnginePlanner
{
    private readonly CostModel _model;
    private readonly int _batch;
    private readonly bool _isDouble;

    /// <summary>A planner.</summary>
    /// <param name="batch">Circuits in a call, at least 1: what is done once a call counts less in a larger batch.</param>
    /// <param name="isDouble">Whether the engine will compute in double precision.</param>
    /// <param name="model">Costs; null for <see cref="CostModel.Default"/>.</param>
    public EnginePlanner(int batch = 4096, bool isDouble = false, CostModel? model = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (_batch, _isDouble, _model) = (batch, isDouble, model ?? CostModel.Default);
    }

    /// <summary>Plans a circuit.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="only">The only engine allowed; null for the cheapest.</param>
    /// <exception cref="NotSupportedException">No engine allowed can run the circuit; the message says why for each.</exception>
    public EnginePlan Plan(Circuit circuit, EngineKind? only = null) =>
        TryPlan(circuit, only, out var reason) ?? throw new NotSupportedException($"no engine can run this circuit: {reason}");

    /// <summary>Plans a circuit, or says why no engine can run it.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="only">The only engine allowed; null for the cheapest.</param>
    /// <param name="reason">Why each engine cannot; empty where there is a plan.</param>
    public EnginePlan? TryPlan(Circuit circuit, EngineKind? only, out string reason)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var kinds = only is { } kind ? [kind] : Enum.GetValues<EngineKind>();
        var options = kinds.Select(k => new Option(Estimate(circuit, k, EngineNames.Of(k)), [], [k])).ToList();
        if (circuit.Preparation == StatePreparation.Zero)
            AddParts(circuit, kinds, options);
        var best = options.Where(option => option.Candidate.IsPossible).MinBy(option => option.Candidate.Nanoseconds);
        reason = best is null ? string.Join("; ", options.Select(o => $"{o.Candidate.Name}: {o.Candidate.Remark}")) : "";
        return best is null ? null : new EnginePlan(circuit, best.Parts, best.Kinds, options.Select(option => option.Candidate), best.Candidate);
    }

    private void AddParts(Circuit circuit, EngineKind[] kinds, List<Option> options)
    {
        var parts = ConePartition.Split(circuit);
        if (parts is [var only] && only.Circuit.WireCount == circuit.WireCount && only.Circuit.Operations.Length == circuit.Operations.Length)
            return;
        var choices = parts
            .Select(part => kinds.Select(kind => (Kind: kind, Candidate: Estimate(part.Circuit, kind, ""))).Where(c => c.Candidate.IsPossible))
            .Select(possible => possible.OrderBy(choice => choice.Candidate.Nanoseconds).FirstOrDefault())
            .ToArray();
        var name = string.Create(CultureInfo.InvariantCulture, $"{parts.Count} part(s) by light cones");
        if (choices.Any(choice => choice.Candidate is null))
        {
            options.Add(new(EngineCandidate.Impossible(name, "a part has no engine"), [], []));
            return;
        }

        var moved = parts.Sum(part => (2 * part.Inputs.Length) + part.Outputs.Length) * _model.Transfer;
        var wires = string.Join(' ', parts.Select(part => part.Wires.Length));
        options.Add(new(
            new(
                name,
                choices.Sum(choice => choice.Candidate!.Nanoseconds) + moved,
                choices.Sum(choice => choice.Candidate!.Operations),
                $"of {wires} wires"),
            parts,
            [.. choices.Select(choice => choice.Kind)]));
    }

    private EngineCandidate Estimate(Circuit circuit, EngineKind kind, string name) => kind switch
    {
        EngineKind.StateVector => EstimateStateVector(circuit, name),
        EngineKind.Trigonometric => EstimateTrigonometric(circuit, name),
        EngineKind.Unitary => EstimateUnitary(circuit, name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an engine"),
    };

    private EngineCandidate EstimateStateVector(Circuit circuit, string name)
    {
        if (circuit.WireCount > StateVectorMemory.MaxWires)
            return EngineCandidate.Impossible(name, TooManyWires(circuit.WireCount));
        var seesPhases = circuit.Observables.Any(observable => observable.Terms.Any(term => term.Pauli.X != 0));
        var schedule = new Schedule(
            circuit.WireCount, GateLowering.Lower(circuit).Rotations, circuit.Preparation == StatePreparation.Zero, seesPhases);
        var (rotations, phases) = (schedule.Stages.Sum(stage => stage.Rotations.Count), schedule.Stages.Sum(PhasePasses));
        var remark = string.Create(
            CultureInfo.InvariantCulture, $"{rotations} rotations and {phases} phase tables on {1L << circuit.WireCount:N0} amplitudes");
        var operations = OperationCount.StateVector(circuit.WireCount, rotations, phases);
        return new(name, _model.StateVectorCost(circuit, rotations, phases, _isDouble), operations, remark);
    }

    private static string TooManyWires(int wires)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{wires} wires are more than {StateVectorMemory.MaxWires}");
        var gibibytes = Math.Pow(2, wires - 30) * StateVectorMemory.BytesPerThread(0);
        return text + string.Create(CultureInfo.InvariantCulture, $" (a gradient would take {gibibytes:N0} GiB of state vectors per thread)");
    }

    /// <summary>Phases by weights share one table; each one by an input is a pass of its own.</summary>
    private static int PhasePasses(Schedule.Stage stage)
    {
        var byInputs = stage.Diagonals.Count(phase => phase.DiffersBySample);
        return byInputs + (stage.Diagonals.Count > byInputs ? 1 : 0);
    }

    private EngineCandidate EstimateTrigonometric(Circuit circuit, string name)
    {
        if (TrigonometricPlan.TryCreate(circuit, out var reason) is not { } plan)
            return EngineCandidate.Impossible(name, reason);
        var remark = string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.TermFeatures.Count:N0} terms in {plan.Rows.Count:N0} rows, {plan.Products.Count:N0} products, "
                + $"{plan.Program.PairCount:N0} coefficient pairs a call");
        return new(name, _model.TrigonometricCost(plan, _isDouble, _batch), OperationCount.Trigonometric(plan), remark);
    }

    private EngineCandidate EstimateUnitary(Circuit circuit, string name)
    {
        if (circuit.WireCount > UnitaryPlan.MaxWires)
            return EngineCandidate.Impossible(name, $"{circuit.WireCount} wires are more than {UnitaryPlan.MaxWires}");
        if (UnitaryPlan.TryCreate(circuit, out var reason) is not { } plan)
            return EngineCandidate.Impossible(name, reason);
        var gates = plan.Gates.Stages.Sum(stage => stage.Groups.Sum(group => group.Indices.Length)) + plan.Gates.TableStages.Length;
        var remark = string.Create(
            CultureInfo.InvariantCulture, $"a real matrix of {plan.Rows:N0} × {plan.Columns:N0}, made of {gates:N0} gates a call");
        return new(
            name, _model.UnitaryCost(plan, gates, _isDouble, _batch), OperationCount.Unitary(plan), remark);
    }

    private sealed record Option(EngineCandidate Candidate, IReadOnlyList<CircuitPart> Parts, IReadOnlyList<EngineKind> Kinds);
}
