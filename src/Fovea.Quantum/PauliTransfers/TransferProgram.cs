using Fovea.Quantum.Circuits;
using Fovea.Quantum.Noise;
using Fovea.Quantum.PauliPropagation;

namespace Fovea.Quantum.PauliTransfers;

/// <summary>
/// The coefficients of a noisy circuit: each observable is a vector of Pauli coefficients on its light cone, which grows as it is pulled
/// back through maps of one or a few wires, gates and channels alike. At the inputs each wire's components become combinations of 1,
/// sin α and cos α, so strings here are of functions: X stands for sin, Z for cos. Three functions a wire whatever the noise.
/// </summary>
internal sealed class TransferProgram : CoefficientProgram
{
    /// <summary>Widest light cone: vectors of 4⁹ numbers.</summary>
    public const int MaxConeWires = 9;

    // Together not more than what stays in the first-level cache, source and target: beyond that one output at a time is faster.
    private const int MaxLanes = 8;
    private const int NumbersInCache = 2048;
    private const int MaxSlots = 1 << 20;
    private readonly List<PauliString> _strings = [];
    private readonly List<int> _outputs = [];

    private TransferProgram(FirstInputs inputs, IReadOnlyList<TransferMap> maps, ConePlan[] cones)
    {
        (Inputs, Maps, Cones) = (inputs, maps, cones);
        foreach (var cone in cones)
            AddStrings(cone);
    }

    /// <summary>The input layer.</summary>
    public FirstInputs Inputs { get; }

    /// <summary>All maps in time order.</summary>
    public IReadOnlyList<TransferMap> Maps { get; }

    /// <summary>The cones; every output in one.</summary>
    public ConePlan[] Cones { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PauliString> Strings => _strings;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Outputs => _outputs;

    /// <inheritdoc/>
    public override long PairCount => Cones.Sum(cone => cone.Steps.Sum(step => (long)step.Size / 2));

    /// <summary>Lays a circuit out, or says why it cannot be done.</summary>
    public static TransferProgram? TryCreate(NoisyCircuit noisy, out string reason)
    {
        reason = "";
        try
        {
            var steps = TransferStep.Of(noisy);
            var inputs = FirstInputs.Part(noisy.Circuit, steps, out var rest);
            var maps = TransferMap.Gather(rest, noisy.Circuit.WireCount);
            var patterns = maps.Select(map => map.Pattern()).ToList();
            var observables = noisy.Circuit.Observables.Select(observable => ReadoutPullBack.Apply(observable, noisy.Readout)).ToArray();
            ConePlan? Plan(IReadOnlyList<int> outputs) => ConePlan.TryCreate(outputs, observables, maps, patterns, MaxConeWires);
            var single = observables.Select((_, output) => Plan([output])).ToArray();
            if (single.Any(cone => cone is null))
            {
                reason = $"an output sees more than {MaxConeWires} wires";
                return null;
            }

            var cones = Group(single!).Select(outputs => Plan(outputs)!).ToArray();
            if (cones.Sum(cone => cone.Outputs.Count * inputs.FunctionCountOf(cone.Wires)) <= MaxSlots)
                return new(inputs, maps, cones);
            reason = $"it would take more than {MaxSlots} coefficients";
        }
        catch (NotSupportedException e)
        {
            reason = e.Message;
        }

        return null;
    }

    /// <inheritdoc/>
    public override CoefficientState CreateState() => new TransferState(this);

    /// <summary>Outputs that see the same wires, a few at a time.</summary>
    private static IEnumerable<int[]> Group(ConePlan[] single) => single
        .GroupBy(cone => cone.Wires.Aggregate(0UL, (mask, wire) => mask | (1UL << wire)))
        .SelectMany(cones => cones.Select(cone => cone.Outputs[0]).Chunk(Math.Clamp(NumbersInCache >> (2 * cones.First().Wires.Count), 1, MaxLanes)));

    /// <summary>In the order of the vectors behind the input layer: outputs fastest, then the first digit's function.</summary>
    private void AddStrings(ConePlan cone)
    {
        List<PauliString> strings = [PauliString.Identity];
        foreach (var wire in cone.Wires)
        {
            var bit = 1UL << wire;
            List<PauliString> functions = Inputs.HasInput(wire) ? [default, new(bit, 0), new(0, bit)] : [default];
            strings = [.. functions.SelectMany(function => strings.Select(s => new PauliString(s.X | function.X, s.Z | function.Z)))];
        }

        foreach (var pauli in strings)
        {
            foreach (var output in cone.Outputs)
            {
                _strings.Add(pauli);
                _outputs.Add(output);
            }
        }
    }
}
