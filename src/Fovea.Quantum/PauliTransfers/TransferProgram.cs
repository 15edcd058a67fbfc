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

    private const int MaxSlots = 1 << 20;
    private readonly List<PauliString> _strings = [];
    private readonly List<int> _outputs = [];

    private TransferProgram(FirstInputs inputs, IReadOnlyList<TransferMap> maps, ConePlan[] cones)
    {
        (Inputs, Maps, Cones) = (inputs, maps, cones);
        for (var output = 0; output < cones.Length; output++)
            AddStrings(output, cones[output]);
    }

    /// <summary>The input layer.</summary>
    public FirstInputs Inputs { get; }

    /// <summary>All maps in time order.</summary>
    public IReadOnlyList<TransferMap> Maps { get; }

    /// <summary>[output].</summary>
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
            var cones = noisy.Circuit.Observables
                .Select(observable => ConePlan.TryCreate(ReadoutPullBack.Of(observable, noisy.Readout), maps, patterns, MaxConeWires)).ToArray();
            if (cones.Any(cone => cone is null))
                reason = $"an output sees more than {MaxConeWires} wires";
            else if (cones.Sum(cone => inputs.FunctionCountOf(cone!.Wires)) > MaxSlots)
                reason = $"it would take more than {MaxSlots} coefficients";
            else
                return new(inputs, maps, cones!);
        }
        catch (NotSupportedException e)
        {
            reason = e.Message;
        }

        return null;
    }

    /// <inheritdoc/>
    public override CoefficientState CreateState() => new TransferState(this);

    /// <summary>In the order of the vectors behind the input layer: the first digit's function varies fastest.</summary>
    private void AddStrings(int output, ConePlan cone)
    {
        List<PauliString> strings = [PauliString.Identity];
        foreach (var wire in cone.Wires)
        {
            var bit = 1UL << wire;
            List<PauliString> functions = Inputs.HasInput(wire) ? [default, new(bit, 0), new(0, bit)] : [default];
            strings = [.. functions.SelectMany(function => strings.Select(s => new PauliString(s.X | function.X, s.Z | function.Z)))];
        }

        _strings.AddRange(strings);
        _outputs.AddRange(Enumerable.Repeat(output, strings.Count));
    }
}
